"""What every other layer may use: values, texts, resources, discovery."""

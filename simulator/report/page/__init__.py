"""What the HTML report is made of: drawings of models, the page's template, style and script."""

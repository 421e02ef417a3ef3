"""How an expression fails: at deployment, at evaluation, or because the simulator lacks a Java class."""

from typing import Final

EL: Final = "org.camunda.bpm.impl.juel.jakarta.el."
EL_EXCEPTION: Final = EL + "ELException"
PROPERTY_NOT_FOUND: Final = EL + "PropertyNotFoundException"
METHOD_NOT_FOUND: Final = EL + "MethodNotFoundException"
ENGINE_EXCEPTION: Final = "org.camunda.bpm.engine.ProcessEngineException"


class ExpressionSyntaxError(Exception):
    """A text is no expression; `message` is Camunda's, without its prefix and without the final full stop."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    @property
    def deployment_message(self) -> str:
        """What a deployment with such an expression is answered (live Camunda 7.24)."""
        return f"ENGINE-01009 Error while parsing process. {self.message}."


class EvaluationFailed(Exception):
    """An expression, or the place it stands in, failed.

    `message` is the engine's, without the prefix of a request; `cause` the Java class of the innermost
    exception, which error events compare; `raised` the class of the outermost one, which requests show.
    """

    def __init__(self, message: str, cause: str, raised: str = ENGINE_EXCEPTION) -> None:
        super().__init__(message)
        self.message = message
        self.cause = cause
        self.raised = raised


class JavaNotModelledError(Exception):
    """An expression uses a Java class or method that exists but that the simulator does not have."""

    def __init__(self, java_class: str, member: str) -> None:
        super().__init__(f"{java_class}.{member} is not modelled")
        self.java_class = java_class
        self.member = member


class ElError(Exception):
    """A failure inside an evaluation; `prefix` None is an exception of a called Java method."""

    def __init__(self, prefix: str | None, text: str | None, cause: str) -> None:
        super().__init__(text)
        self.prefix = prefix
        self.text = text
        self.cause = cause

    def failed(self, expression: str) -> EvaluationFailed:
        """Word the failure as the engine does for the text of the whole expression."""
        text = "null" if self.text is None else self.text
        if self.prefix is None:
            message = f"{self.cause}: {text}" if self.text is not None else self.cause
        else:
            message = f"{self.prefix}: {expression}. Cause: {text}"
        return EvaluationFailed(message, self.cause)


def wrong(text: str | None, cause: str = EL_EXCEPTION) -> ElError:
    """Make the failure of a coercion, comparison, arithmetic operation or index."""
    return ElError("Error while evaluating expression", text, cause)


def unknown_property(text: str) -> ElError:
    """Make the failure of a name, a property or the base of a call that is not there."""
    return ElError("Unknown property used in expression", text, PROPERTY_NOT_FOUND)


def unknown_method(text: str) -> ElError:
    """Make the failure of a method that is not there."""
    return ElError("Unknown method used in expression", text, METHOD_NOT_FOUND)


def thrown(java_class: str, text: str | None) -> ElError:
    """Make the exception that a called Java method throws."""
    return ElError(None, text, java_class)


def cast_failure(from_class: str, to_class: str) -> str:
    """Word Java 17's ClassCastException for two classes."""
    if from_class.startswith("java.") and to_class.startswith("java."):
        where = f"{from_class} and {to_class} are in module java.base of loader 'bootstrap'"
    else:
        where = (
            f"{from_class} is in unnamed module of loader 'app'; "
            f"{to_class} is in module java.base of loader 'bootstrap'"
        )
    return f"class {from_class} cannot be cast to class {to_class} ({where})"


_SUPERCLASSES: Final = {
    PROPERTY_NOT_FOUND: EL_EXCEPTION,
    METHOD_NOT_FOUND: EL_EXCEPTION,
    EL_EXCEPTION: "java.lang.RuntimeException",
    ENGINE_EXCEPTION: "java.lang.RuntimeException",
    "java.lang.StringIndexOutOfBoundsException": "java.lang.IndexOutOfBoundsException",
    "java.lang.ArrayIndexOutOfBoundsException": "java.lang.IndexOutOfBoundsException",
    "java.lang.NumberFormatException": "java.lang.IllegalArgumentException",
    "java.util.MissingFormatArgumentException": "java.util.IllegalFormatException",
    "java.util.IllegalFormatConversionException": "java.util.IllegalFormatException",
    "java.util.IllegalFormatException": "java.lang.IllegalArgumentException",
    "java.util.regex.PatternSyntaxException": "java.lang.IllegalArgumentException",
    "java.time.DateTimeException": "java.lang.RuntimeException",
    "org.camunda.spin.SpinRuntimeException": "java.lang.RuntimeException",
    "org.camunda.spin.spi.SpinDataFormatException": "org.camunda.spin.SpinRuntimeException",
    "org.camunda.spin.json.SpinJsonException": "org.camunda.spin.SpinRuntimeException",
    "org.camunda.spin.json.SpinJsonDataFormatException": "org.camunda.spin.spi.SpinDataFormatException",
    "org.camunda.spin.json.SpinJsonPropertyException": "org.camunda.spin.json.SpinJsonException",
    "org.camunda.spin.json.SpinJsonPathException": "org.camunda.spin.json.SpinJsonException",
    "org.camunda.spin.xml.SpinXmlDataFormatException": "org.camunda.spin.spi.SpinDataFormatException",
    "org.camunda.spin.xml.SpinXmlElementException": "org.camunda.spin.SpinRuntimeException",
    "org.camunda.spin.xml.SpinXmlAttributeException": "org.camunda.spin.SpinRuntimeException",
    "org.camunda.spin.xml.SpinXPathException": "org.camunda.spin.SpinRuntimeException",
    "java.lang.StackOverflowError": "java.lang.VirtualMachineError",
    "java.lang.OutOfMemoryError": "java.lang.VirtualMachineError",
    "java.lang.VirtualMachineError": "java.lang.Error",
    "java.lang.Error": "java.lang.Throwable",
    "java.lang.RuntimeException": "java.lang.Exception",
    "java.lang.Exception": "java.lang.Throwable",
}


def exception_lineage(java_class: str) -> tuple[str, ...]:
    """List an exception's class and its superclasses up to java.lang.Throwable, for error events."""
    lineage = [java_class]
    while lineage[-1] != "java.lang.Throwable":
        lineage.append(_SUPERCLASSES.get(lineage[-1], "java.lang.RuntimeException"))
    return tuple(lineage)

"""java.lang.Object and java.lang.Class: what every value can do."""

from typing import Any, ClassVar, Final

import msgspec

from simulator.core.java import class_name, java_equals, java_hash, java_text
from simulator.expressions.juel.errors import thrown
from simulator.expressions.juel.java_class import JavaClass, java_class


class ClassObject(msgspec.Struct, frozen=True):
    """A java.lang.Class, known by its name."""

    name: str
    java_class: ClassVar[str] = "java.lang.Class"

    def __str__(self) -> str:
        return f"class {self.name}"

    @property
    def simple_name(self) -> str:
        """The name without its package or outer class."""
        return self.name.rpartition(".")[2].rpartition("$")[2]


def java_name(value: Any) -> str:
    """Name the class of a value or of a bean."""
    bean = getattr(value, "java_bean", None)
    return bean.name if isinstance(bean, JavaClass) else class_name(value)


def _for_name(_: ClassObject, name: str) -> ClassObject:
    if not name.startswith(("java.lang.", "java.util.", "java.math.")):
        raise thrown("java.lang.ClassNotFoundException", name)
    return ClassObject(name)


OBJECT: Final[JavaClass] = java_class(
    "java.lang.Object",
    {
        "getClass()": lambda value: ClassObject(java_name(value)),
        "toString()": java_text,
        "equals(Object)": java_equals,
        "hashCode()": java_hash,
    },
    not_modelled="wait notify notifyAll",
)
CLASS: Final[JavaClass] = java_class(
    "java.lang.Class",
    {
        "getName()": lambda cls: cls.name,
        "getSimpleName()": lambda cls: cls.simple_name,
        "getTypeName()": lambda cls: cls.name,
        "getPackageName()": lambda cls: cls.name.rpartition(".")[0],
        "isArray()": lambda cls: cls.name.startswith("["),
        "forName(String)": _for_name,
        "isInstance(Object)": lambda cls, value: value is not None and java_name(value) == cls.name,
    },
    parent=OBJECT,
    not_modelled="newInstance getMethods getMethod getDeclaredMethods getFields getField getDeclaredFields "
    "getDeclaredField getConstructor getConstructors getSuperclass getInterfaces isAssignableFrom cast "
    "getEnumConstants getClassLoader getResource getResourceAsStream getPackage getModule isEnum isInterface "
    "getCanonicalName getModifiers desiredAssertionStatus",
)

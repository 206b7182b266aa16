"""The language of the window's texts."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from studio.runs.places import resources_folder

SOURCE = "en"  # what the texts are written in
LANGUAGES = {SOURCE: "English", "de": "Deutsch"}  # each by its own name
SETTINGS = "settings"  # the context of labels and hints that the plan declares


def language_named(name: str) -> str:
    """A code of LANGUAGES: the named one, or, for anything else, the first of the system's that there is."""
    if name in LANGUAGES:
        return name
    wanted = (spoken.partition("-")[0] for spoken in QLocale.system().uiLanguages())
    return next((code for code in wanted if code in LANGUAGES), SOURCE)


def use_language(app: QCoreApplication, name: str) -> None:
    """Give the program a language, before its window is made: Qt's own texts and ours."""
    code = language_named(name)
    qt_texts = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for stem, folder in (("qtbase", qt_texts), ("studio", str(resources_folder() / "translations"))):
        translator = QTranslator(app)
        if translator.load(f"{stem}_{code}", folder):
            app.installTranslator(translator)


def setting_text(text: str) -> str:
    """A label, unit or hint of a setting, in the window's language."""
    return QCoreApplication.translate(SETTINGS, text) if text else ""


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Mark a text for translation where it is declared, and translate it where it is shown; lupdate knows it by this name.

    Qt's own is typed as if it returned anything.
    """
    return text

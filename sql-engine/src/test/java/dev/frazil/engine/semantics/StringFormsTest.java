package dev.frazil.engine.semantics;

import org.junit.jupiter.api.Test;

/** Strings with escapes: those of PostgreSQL's manual, 4.1.2, and of ISO 9075-2, 5.3. */
class StringFormsTest extends SqlExpressions {

  @Test
  void escapesOfPostgres() {
    gives(
        "E'a\\tb\\n' = 'a' || chr(9) || 'b' || chr(10)", "true",
        "e'\\x41\\101\\u00e9\\U0001F600' = 'AAé' || chr(128512)", "true",
        "E'it\\'s' || E' it''s'", "it's it's",
        "E'c\\\\d\\%'", "c\\d%",
        "'a' IN (E'a', 'b')", "true",
        "$$it's$$ || $q$ $$ $q$ || '.'", "it's $$ .");
    fails("42601", "E'a\\'");
    fails("42601", "E'\\u12'");
    fails("42601", "$a$ $b$");
  }

  @Test
  void unicodeEscapesOfIso() {
    gives(
        "U&'d\\0061t\\+000061'", "data",
        "U&'d!0061t!+000061!!''' UESCAPE '!' || '.'", "data!'.",
        "u&'\\\\' = '\\'", "true",
        "'data' LIKE U&'d\\0061%'", "true");
    fails("42601", "U&'\\00'");
    fails("42601", "U&'a' UESCAPE '+'");
  }
}

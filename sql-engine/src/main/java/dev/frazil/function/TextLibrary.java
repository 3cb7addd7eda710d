package dev.frazil.function;

import dev.frazil.config.ProductVersion;

/** The functions of text; positions and lengths count code points from 1. */
final class TextLibrary {
  private TextLibrary() {}

  static void define(Definitions library) {
    if (library.has("version")) {
      library
          .function("-> varchar", (in, out) -> out.appendText("Frazil " + ProductVersion.NUMBER))
          .is("The name and version of the engine.")
          .example("version()", "Frazil 0.1.0");
    }
    MessageLibrary.define(library);
    TextLikenessLibrary.define(library);
    TextPositionLibrary.define(library);
    parts(library);
    padding(library);
    searches(library);
    characters(library);
    joins(library);
  }

  private static void parts(Definitions library) {
    if (library.has("left")) {
      library
          .function("varchar, bigint -> varchar", TextParts::left)
          .is("The first n characters; with a negative n all but the last -n.")
          .example("left('frazil', 3)", "fra")
          .example("left('frazil', -2)", "fraz");
    }
    if (library.has("right")) {
      library
          .function("varchar, bigint -> varchar", TextParts::right)
          .is("The last n characters; with a negative n all but the first -n.")
          .example("right('frazil', 3)", "zil")
          .example("right('frazil', -2)", "azil");
    }
    if (library.has("split_part")) {
      library
          .function("varchar, varchar, bigint -> varchar", TextParts::splitPart)
          .is(
              "Part n of a text cut at a delimiter; counted from the end if negative; '' if"
                  + " absent.")
          .example("split_part('a-b-c', '-', 2)", "b")
          .example("split_part('a-b-c', '-', -1)", "c")
          .example("split_part('a-b-c', '-', 7)", "");
    }
    if (library.has("split", "string_split")) {
      library
          .function("varchar, varchar, bigint? -> array(varchar)", TextParts::split)
          .is("The parts of a text cut at a delimiter, at most as many as the limit says.")
          .example("split('a,b,c', ',')", "[a, b, c]")
          .example("split('a,b,c', ',', 2)", "[a, b,c]");
    }
    if (library.has("string_to_array", "string_to_table")) {
      library
          .function("varchar, varchar, varchar? -> array(varchar)", TextParts::toArray)
          .takesNulls()
          .is(
              "The parts of a text cut at a delimiter, or its characters if that is null; a part that"
                  + " is the third argument is null. '' has none.")
          .example("string_to_array('xx~~yy~~zz', '~~', 'yy')", "[xx, NULL, zz]")
          .example("string_to_array('abc', NULL)", "[a, b, c]");
    }
    if (library.has("overlay")) {
      library
          .function("varchar, varchar, bigint, bigint? -> varchar", TextParts::overlay)
          .is("What OVERLAY(text PLACING new FROM start FOR length) computes.")
          .example("overlay('frXXil' PLACING 'az' FROM 3)", "frazil")
          .example("overlay('fril' PLACING 'az' FROM 3 FOR 0)", "frazil");
    }
    if (library.has("reverse")) {
      library
          .function(
              "varchar -> varchar | array(E) -> array(E) | varbinary -> varbinary",
              TextParts::reverse)
          .is("The characters, or the elements of an array, in the opposite order.")
          .example("reverse('frazil')", "lizarf")
          .example("reverse(array[1, 2, 3])", "[3, 2, 1]");
    }
  }

  private static void padding(Definitions library) {
    if (library.has("lpad")) {
      library
          .function(
              "varchar, bigint, varchar? -> varchar | varbinary, bigint, varbinary -> varbinary",
              (in, out) -> TextPadding.pad(in, out, true))
          .is("Fills or cuts to a length; filled at the start, with blanks unless told.")
          .example("lpad('7', 3, '0')", "007")
          .example("lpad('frazil', 3)", "fra");
    }
    if (library.has("rpad")) {
      library
          .function(
              "varchar, bigint, varchar? -> varchar | varbinary, bigint, varbinary -> varbinary",
              (in, out) -> TextPadding.pad(in, out, false))
          .is("Fills or cuts to a length; filled at the end, with blanks unless told.")
          .example("rpad('7', 3, '0')", "700")
          .example("rpad('ab', 7, 'xyz')", "abxyzxy");
    }
    if (library.has("repeat")) {
      library
          .function("varchar, bigint -> varchar | E, bigint -> array(E)", TextPadding::repeat)
          .is("A text n times; '' for n below 1. Of anything else an array, as in Trino.")
          .example("repeat(7, 2)", "[7, 7]")
          .example("repeat('ab', 3)", "ababab");
    }
    if (library.has("btrim")) {
      library
          .function(
              "varchar, varchar? -> varchar",
              (in, out) -> out.appendText(TextPadding.trim(in, true, true)))
          .is("Strips blanks, or any of the characters given, from both ends.")
          .example("btrim('xyfrazilyx', 'xy')", "frazil");
    }
    if (library.has("ltrim")) {
      library
          .function(
              "varchar, varchar? -> varchar",
              (in, out) -> out.appendText(TextPadding.trim(in, true, false)))
          .is("Strips blanks, or any of the characters given, from the start.")
          .example("ltrim('xyfrazil', 'xy')", "frazil");
    }
    if (library.has("rtrim")) {
      library
          .function(
              "varchar, varchar? -> varchar",
              (in, out) -> out.appendText(TextPadding.trim(in, false, true)))
          .is("Strips blanks, or any of the characters given, from the end.")
          .example("rtrim('frazilyx', 'xy')", "frazil");
    }
  }

  private static void searches(Definitions library) {
    if (library.has("ends_with", "suffix")) {
      library
          .function(
              "varchar, varchar -> boolean",
              (in, out) -> out.appendBoolean(in.text(0).endsWith(in.text(1))))
          .is("Whether a text ends with another.")
          .example("ends_with('frazil', 'zil')", "true");
    }
    if (library.has("strpos", "instr")) {
      library
          .function("varchar, varchar, bigint? -> bigint", TextSearch::position)
          .is(
              "Where a text stands in another, 0 if nowhere; the n-th time, from the end if"
                  + " negative.")
          .example("strpos('frazil ice', 'i')", "5")
          .example("strpos('frazil ice', 'i', 2)", "8")
          .example("strpos('frazil ice', 'i', -1)", "8");
    }
    if (library.has("levenshtein_distance", "levenshtein")) {
      library
          .function("varchar, varchar -> bigint", TextSearch::levenshtein)
          .is("How many characters to insert, delete or change to get from one text to the other.")
          .example("levenshtein_distance('kitten', 'sitting')", "3");
    }
    if (library.has("hamming_distance")) {
      library
          .function("varchar, varchar -> bigint", TextSearch::hamming)
          .is("At how many positions two texts of one length differ.")
          .example("hamming_distance('duck', 'luck')", "1");
    }
    if (library.has("soundex")) {
      library
          .function("varchar -> varchar", TextSearch::soundex)
          .is("The code of how an English name sounds: a letter and three digits.")
          .example("soundex('Robert')", "R163")
          .example("soundex('Tymczak')", "T522");
    }
  }

  private static void characters(Definitions library) {
    if (library.has("ascii", "codepoint", "unicode")) {
      library
          .function("varchar -> bigint", TextCharacters::first)
          .is("The code point of the first character; 0 for ''.")
          .example("ascii('A')", "65")
          .example("codepoint('€')", "8364");
    }
    if (library.has("chr")) {
      library
          .function("bigint -> varchar", TextCharacters::character)
          .is("The character of a code point.")
          .example("chr(65)", "A")
          .example("chr(8364)", "€");
    }
    if (library.has("initcap")) {
      library
          .function("varchar -> varchar", TextCharacters::initcap)
          .is("Every word with a capital and else small letters.")
          .example("initcap('hELLO wORLD-wide')", "Hello World-Wide");
    }
    if (library.has("translate")) {
      library
          .function("varchar, varchar, varchar -> varchar", TextCharacters::translate)
          .is(
              "Replaces each character found in the second text by its partner in the third, if"
                  + " any.")
          .example("translate('12345', '143', 'ax')", "a2x5");
    }
    if (library.has("normalize")) {
      library
          .function("varchar, varchar? -> varchar", TextCharacters::normalize)
          .is("A text in a Unicode normal form: 'NFC' unless told 'NFD', 'NFKC' or 'NFKD'.")
          .example("normalize('ﬁ', 'NFKC')", "fi")
          .example("char_length(normalize('é', 'NFD'))", "2");
    }
    if (library.has("bit_length")) {
      library
          .function(
              "varchar -> bigint | varbinary -> bigint",
              (in, out) -> out.appendLong(8L * in.bytes(0).length))
          .is("The length in bits.")
          .example("bit_length('€')", "24");
    }
  }

  private static void joins(Definitions library) {
    if (library.has("concat_ws")) {
      library
          .function(
              "varchar, text... -> varchar | varchar, array(text) -> varchar",
              TextParts::concatenate)
          .takesNulls()
          .is(
              "The texts after the first, or those of an array, with the first between them; nulls"
                  + " are left out.")
          .example("concat_ws(',', array['a', NULL, 'b'])", "a,b")
          .example("concat_ws('/', array[1, 2])", "1/2")
          .example("concat_ws('-', 'a', NULL, 'b', 3)", "a-b-3");
    }
    if (library.has("format_text", "printf")) {
      library
          .function("varchar, text... -> varchar", TextParts::format)
          .is("A pattern with every %s replaced by the next argument; %% is a percent sign.")
          .example("printf('%s is %s%%', 'ice', 90)", "ice is 90%");
    }
    if (library.has("typeof", "pg_typeof")) {
      library
          .function("any -> varchar", (in, out) -> out.appendText(in.vector(0).type().sqlName()))
          .takesNulls()
          .is("The name of the type of an expression.")
          .example("typeof(1.5)", "decimal(2,1)")
          .example("typeof(array[DATE '2024-01-01'])", "array(date)");
    }
    if (library.has("quote_literal")) {
      library
          .function(
              "text -> varchar",
              (in, out) -> out.appendText("'" + in.text(0).replace("'", "''") + "'"))
          .is("A text as a literal of SQL.")
          .example("quote_literal('it''s')", "'it''s'");
    }
    if (library.has("quote_ident")) {
      library
          .function(
              "varchar -> varchar",
              (in, out) -> out.appendText('"' + in.text(0).replace("\"", "\"\"") + '"'))
          .is("A text as a quoted name of SQL.")
          .example("quote_ident('a b')", "\"a b\"");
    }
  }
}

package dev.frazil.function;

/** Regular expressions in the syntax of RE2, matched in time linear in the text. */
final class PatternLibrary {
  private PatternLibrary() {}

  static void define(Definitions library) {
    PatternMatchLibrary.define(library);
    if (library.has("regexp_like", "regexp_matches")) {
      library
          .function("varchar, varchar, varchar? -> boolean", PatternBodies::like)
          .is(
              "Whether a text contains a match; also text ~ pattern, and ~* without regard to"
                  + " case.")
          .example("regexp_like('frazil ice', 'z.l')", "true")
          .example("regexp_like('FRAZIL', 'z.l', 'i')", "true")
          .example("'FRAZIL' ~* 'z.l'", "true");
    }
    if (library.has("regexp_full_match")) {
      library
          .function("varchar, varchar, varchar? -> boolean", PatternBodies::fullMatch)
          .is("Whether the whole text is a match.")
          .example("regexp_full_match('frazil', 'fra')", "false");
    }
    if (library.has("similar_to")) {
      library
          .function("varchar, varchar, varchar? -> boolean", PatternBodies::similar)
          .is("What text SIMILAR TO pattern ESCAPE character asks.")
          .example("'frazil' SIMILAR TO '(fra|bar)%'", "true")
          .example("'frazil' NOT SIMILAR TO 'fra'", "true");
    }
    if (library.has("regexp_replace")) {
      library
          .function(
              "varchar, varchar, varchar? -> varchar | varchar, varchar, varchar, varchar ->"
                  + " varchar | varchar, varchar, varchar, bigint, bigint?, varchar? -> varchar",
              PatternBodies::replace)
          .is(
              "Replaces every match, by '' unless told; with flags (c, g, i, m, n, q, s) the first"
                  + " one, unless g is among them; with numbers the first one from a position on, or"
                  + " the n-th, or for 0 all. $1 or \\1 is the first group.")
          .example(
              "regexp_replace('A PostgreSQL function', 'a|e|i|o|u', 'X', 1, 3, 'i')",
              "A PostgrXSQL function")
          .example("regexp_replace('1a 1b', '1', '2', 'i')", "2a 1b")
          .example("regexp_replace('1a 1A', 'A', 'x', 'gi')", "1x 1x")
          .example("regexp_replace('1a 2b 14m', '\\d+[ab] ')", "14m")
          .example("regexp_replace('1a 2b', '(\\d)([ab])', '$2$1')", "a1 b2");
    }
    if (library.has("regexp_extract")) {
      library
          .function("varchar, varchar, bigint? -> varchar", PatternBodies::extract)
          .is("The first match, or a group of it; null if there is none.")
          .example("regexp_extract('1a 2b 14m', '\\d+')", "1")
          .example("regexp_extract('1a 2b 14m', '(\\d+)([a-z]+)', 2)", "a");
    }
    if (library.has("regexp_match")) {
      library
          .function("varchar, varchar, varchar? -> array(varchar)", PatternBodies::groups)
          .is(
              "The groups of the first match, or all of it if there are none; null without a match.")
          .example("regexp_match('foobarbequebaz', '(bar)(beque)')", "[bar, beque]")
          .example("regexp_match('foobarbequebaz', 'bar.*que')", "[barbeque]");
    }
    if (library.has("regexp_extract_all")) {
      library
          .function("varchar, varchar, bigint? -> array(varchar)", PatternBodies::extractAll)
          .is("All matches, or a group of each.")
          .example("regexp_extract_all('1a 2b 14m', '\\d+')", "[1, 2, 14]");
    }
    if (library.has("regexp_count")) {
      library
          .function(
              "varchar, varchar -> bigint | varchar, varchar, bigint, varchar? -> bigint",
              PatternBodies::count)
          .is("How many matches a text has, from a position on, with flags as in regexp_replace.")
          .example("regexp_count('ABCABCAXYaxy', 'A.', 1, 'i')", "4")
          .example("regexp_count('1a 2b 14m', '\\d+')", "3");
    }
    if (library.has("regexp_position")) {
      library
          .function(
              "varchar, varchar -> bigint | varchar, varchar, bigint, bigint? -> bigint",
              PatternBodies::position)
          .is(
              "Where the first match, or the n-th one from a position on, begins, from 1; 0 if there"
                  + " is none.")
          .example("regexp_position('frazil ice ice', 'i', 5, 2)", "8")
          .example("regexp_position('frazil', '[z-]')", "4");
    }
    if (library.has(
        "regexp_split", "regexp_split_to_array", "string_split_regex", "regexp_split_to_table")) {
      library
          .function("varchar, varchar -> array(varchar)", PatternBodies::split)
          .is("The parts of a text between the matches.")
          .example("regexp_split('1a2b14m', '\\d')", "[, a, b, , m]");
    }
  }
}

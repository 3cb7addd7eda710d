package dev.frazil.plan.parser;

import dev.frazil.plan.parser.SqlToken.Kind;
import java.util.Locale;
import java.util.Set;

/**
 * {@code COLLATE "C"}, {@code "POSIX"} and ISO's {@code UCS_BASIC}: the order of code points, which
 * all texts have, so that nothing is left of them. Others are 0A000.
 */
final class Collations {
  private static final Set<String> CODE_POINTS = Set.of("c", "posix", "ucs_basic");

  private Collations() {}

  /** Whether COLLATE and a name stand at a token that is not the first. */
  static boolean standsAt(SqlToken token, SqlToken next) {
    return token.is("collate") && (next.kind() == Kind.QUOTED || next.kind() == Kind.WORD);
  }

  /** Refuses a collation that is not the order of code points. */
  static void check(SqlText source, SqlToken name, SqlToken behind) {
    if (!CODE_POINTS.contains(name.value().toLowerCase(Locale.ROOT)) || behind.isSymbol(".")) {
      throw source.unsupported(
          name.start(),
          "COLLATE \"" + name.value() + "\" (texts are in the order of code points, \"C\")");
    }
  }
}

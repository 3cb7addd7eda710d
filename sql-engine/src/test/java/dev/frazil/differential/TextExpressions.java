package dev.frazil.differential;

import dev.frazil.differential.ValueType.Family;

/** Functions of text. */
final class TextExpressions {
  private final Dice dice;
  private final ExpressionSource source;

  TextExpressions(Dice dice, ExpressionSource source) {
    this.dice = dice;
    this.source = source;
  }

  Expression of(Scope scope, int depth) {
    ValueType type = ValueType.VARCHAR;
    Expression text = source.of(Family.VARCHAR, scope, depth - 1);
    return switch (dice.between(1, 13)) {
      case 1 -> Expression.of(type, "upper(", text, ")");
      case 2 -> Expression.of(type, "lower(", text, ")");
      case 3 ->
          Expression.of(
              type,
              "substring(",
              text,
              Fragment.of(" FROM " + dice.between(1, 4) + " FOR " + dice.between(0, 3)),
              ")");
      case 4 -> Expression.of(type, "substring(", text, " FROM " + dice.between(1, 3) + ")");
      case 5, 6 ->
          Expression.of(type, "(", text, " || ", source.of(Family.VARCHAR, scope, depth - 2), ")");
      case 7 -> Expression.of(type, dice.of("trim(", "ltrim(", "rtrim("), text, ")");
      case 8 ->
          Expression.of(
              type,
              "replace(",
              text,
              ", " + dice.of("'a'", "'b'", "'日'") + ", " + dice.of("''", "'xy'") + ")");
      case 9 -> cast(scope, depth);
      case 10 -> Expression.of(type, "reverse(", source.leaf(Family.VARCHAR, scope), ")");
      case 11 ->
          Expression.of(type, dice.of("left(", "right("), text, ", " + dice.between(0, 3) + ")");
      case 12 ->
          Expression.of(
              type,
              dice.of("lpad(", "rpad("),
              text,
              ", " + dice.between(0, 6) + dice.of(", 'xy'", ", '日'", ", ' '") + ")");
      default -> text;
    };
  }

  private Expression cast(Scope scope, int depth) {
    Family family =
        dice.of(Family.INTEGER, Family.BIGINT, Family.DECIMAL, Family.BOOLEAN, Family.DATE);
    Expression value = source.of(family, scope, depth - 1);
    if (family == Family.DATE && !value.type().isTame()) {
      return source.leaf(Family.VARCHAR, scope);
    }
    return Expression.of(ValueType.VARCHAR, "CAST(", value, " AS varchar)");
  }
}

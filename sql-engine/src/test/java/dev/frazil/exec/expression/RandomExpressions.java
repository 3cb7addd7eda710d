package dev.frazil.exec.expression;

import static dev.frazil.exec.expression.Expressions.*;

import dev.frazil.exec.expression.ExpressionPairs.Pair;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarFunction;
import dev.frazil.type.SqlType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random expressions over {@link RandomTable} that cannot fail, with the same in DuckDB's SQL. */
final class RandomExpressions {
  private static final SqlType MONEY = decimal(15, 2);
  private static final String[] TEXTS = {"", "a", "ab", "日本語", "Special", "zz"};
  private static final String[] PATTERNS = {"%", "a%", "%b", "_b%", "%本%", "%a%b%"};

  private final Random random;

  RandomExpressions(Random random) {
    this.random = random;
  }

  Pair next() {
    return switch (random.nextInt(5)) {
      case 0 -> integer(4);
      case 1 -> text(4);
      case 2 -> money(3);
      case 3 -> date(3);
      default -> truth(5);
    };
  }

  private Pair of(SqlType type, int depth) {
    return type == INTEGER
        ? integer(depth)
        : type == VARCHAR ? text(depth) : type == DATE ? date(depth) : money(depth);
  }

  private Pair reference(String name) {
    return new Pair(ExpressionPairs.c(name), name);
  }

  private Pair integer(int depth) {
    int choice = random.nextInt(depth <= 0 ? 3 : 8);
    return switch (choice) {
      case 0 -> reference("i1");
      case 1 -> reference("i2");
      case 2 -> {
        int value = random.nextInt(9) - 4;
        yield new Pair(number(value), "(" + value + ")");
      }
      case 3 -> binary("+", ScalarFunction.ADD, INTEGER, integer(depth - 1), integer(depth - 1));
      case 4 ->
          binary("-", ScalarFunction.SUBTRACT, INTEGER, integer(depth - 1), integer(depth - 1));
      case 5 -> {
        Pair operand = text(depth - 1);
        yield new Pair(
            call(ScalarFunction.CHAR_LENGTH, INTEGER, operand.ours()),
            "length(" + operand.duck() + ")");
      }
      case 6 -> coalesce(INTEGER, depth);
      default -> conditional(INTEGER, depth);
    };
  }

  private Pair money(int depth) {
    int choice = random.nextInt(depth <= 0 ? 2 : 6);
    return switch (choice) {
      case 0 -> reference("d1");
      case 1 -> {
        BigDecimal value = BigDecimal.valueOf(random.nextInt(20_001) - 10_000, 2);
        yield new Pair(literal(value, MONEY), "(" + value + "::decimal(15,2))");
      }
      case 2 -> unary("abs", ScalarFunction.ABS, MONEY, money(depth - 1));
      case 3 -> unary("-", ScalarFunction.NEGATE, MONEY, money(depth - 1));
      case 4 -> coalesce(MONEY, depth);
      default -> conditional(MONEY, depth);
    };
  }

  private Pair date(int depth) {
    int choice = random.nextInt(depth <= 0 ? 1 : 4);
    return switch (choice) {
      case 0 -> reference("dt");
      case 1 -> {
        Pair operand = date(depth - 1);
        int months = random.nextInt(40) - 20;
        yield new Pair(
            call(ScalarFunction.ADD_MONTHS, DATE, operand.ours(), number(months)),
            "((" + operand.duck() + ") + to_months(" + months + "))::date");
      }
      case 2 -> coalesce(DATE, depth);
      default -> conditional(DATE, depth);
    };
  }

  private Pair text(int depth) {
    int choice = random.nextInt(depth <= 0 ? 3 : 9);
    return switch (choice) {
      case 0 -> reference("s1");
      case 1 -> reference("s2");
      case 2 -> textLiteral();
      case 3 -> unary("upper", ScalarFunction.UPPER, VARCHAR, text(depth - 1));
      case 4 -> unary("lower", ScalarFunction.LOWER, VARCHAR, text(depth - 1));
      case 5 -> {
        Pair operand = text(depth - 1);
        int start = 1 + random.nextInt(3);
        int length = random.nextInt(4);
        yield new Pair(
            call(ScalarFunction.SUBSTRING, VARCHAR, operand.ours(), number(start), number(length)),
            "substring(" + operand.duck() + ", " + start + ", " + length + ")");
      }
      case 6 -> binary("||", ScalarFunction.CONCAT, VARCHAR, text(depth - 1), text(depth - 1));
      case 7 -> coalesce(VARCHAR, depth);
      default -> conditional(VARCHAR, depth);
    };
  }

  private Pair truth(int depth) {
    int choice = random.nextInt(depth <= 0 ? 2 : 10);
    return switch (choice) {
      case 0 -> reference("b1");
      case 1 -> reference("b2");
      case 2, 3 -> junction(depth);
      case 4 -> {
        Pair operand = truth(depth - 1);
        yield new Pair(test(ScalarFunction.NOT, operand.ours()), "(not " + operand.duck() + ")");
      }
      case 5 -> {
        Pair operand = of(anyType(), depth - 2);
        yield new Pair(
            test(ScalarFunction.IS_NULL, operand.ours()), "(" + operand.duck() + " is null)");
      }
      case 6 -> {
        Pair operand = text(depth - 2);
        String pattern = PATTERNS[random.nextInt(PATTERNS.length)];
        yield new Pair(
            test(ScalarFunction.LIKE, operand.ours(), Expressions.text(pattern)),
            "(" + operand.duck() + " like '" + pattern + "')");
      }
      case 7 -> membership(depth);
      case 8 -> {
        Pair operand = truth(depth - 1);
        yield new Pair(
            test(ScalarFunction.IS_NOT_TRUE, operand.ours()),
            "(" + operand.duck() + " is not true)");
      }
      default -> comparison(depth);
    };
  }

  private Pair junction(int depth) {
    boolean isAnd = random.nextBoolean();
    List<ScalarExpression> operands = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (int n = 2 + random.nextInt(2); n > 0; n--) {
      Pair operand = truth(depth - 1);
      operands.add(operand.ours());
      texts.add(operand.duck());
    }
    return new Pair(
        test(
            isAnd ? ScalarFunction.AND : ScalarFunction.OR,
            operands.toArray(new ScalarExpression[0])),
        "(" + String.join(isAnd ? " and " : " or ", texts) + ")");
  }

  private Pair membership(int depth) {
    SqlType type = anyType();
    Pair value = of(type, depth - 2);
    List<ScalarExpression> operands = new ArrayList<>(List.of(value.ours()));
    List<String> texts = new ArrayList<>();
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      Pair candidate = of(type, random.nextInt(2));
      operands.add(candidate.ours());
      texts.add(candidate.duck());
    }
    return new Pair(
        test(ScalarFunction.IN, operands.toArray(new ScalarExpression[0])),
        "(" + value.duck() + " in (" + String.join(", ", texts) + "))");
  }

  private Pair comparison(int depth) {
    ScalarFunction[] functions = {
      ScalarFunction.EQUAL,
      ScalarFunction.NOT_EQUAL,
      ScalarFunction.LESS,
      ScalarFunction.GREATER_OR_EQUAL,
      ScalarFunction.IS_DISTINCT_FROM
    };
    String[] symbols = {"=", "<>", "<", ">=", "is distinct from"};
    int which = random.nextInt(functions.length);
    SqlType type = anyType();
    return binary(
        symbols[which], functions[which], BOOLEAN, of(type, depth - 2), of(type, depth - 2));
  }

  private SqlType anyType() {
    return List.of(INTEGER, VARCHAR, MONEY, DATE).get(random.nextInt(4));
  }

  private Pair textLiteral() {
    String value = TEXTS[random.nextInt(TEXTS.length)];
    return new Pair(Expressions.text(value), "'" + value + "'");
  }

  private Pair coalesce(SqlType type, int depth) {
    Pair first = of(type, depth - 1);
    Pair second = of(type, depth - 1);
    return new Pair(
        call(ScalarFunction.COALESCE, type, first.ours(), second.ours()),
        "coalesce(" + first.duck() + ", " + second.duck() + ")");
  }

  private Pair conditional(SqlType type, int depth) {
    Pair condition = truth(depth - 1);
    Pair value = of(type, depth - 1);
    Pair otherwise = of(type, depth - 1);
    return new Pair(
        call(ScalarFunction.CASE, type, condition.ours(), value.ours(), otherwise.ours()),
        "(case when "
            + condition.duck()
            + " then "
            + value.duck()
            + " else "
            + otherwise.duck()
            + " end)");
  }

  private static Pair unary(String name, ScalarFunction function, SqlType type, Pair operand) {
    return new Pair(call(function, type, operand.ours()), name + "(" + operand.duck() + ")");
  }

  private static Pair binary(
      String symbol, ScalarFunction function, SqlType type, Pair left, Pair right) {
    return new Pair(
        call(function, type, left.ours(), right.ours()),
        "(" + left.duck() + " " + symbol + " " + right.duck() + ")");
  }
}

package dev.frazil.exec.window;

import dev.frazil.plan.AggregateCall;
import dev.frazil.plan.AggregateFunction;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.PhysicalNode.Values;
import dev.frazil.plan.PhysicalNode.Window;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.plan.SortKey;
import dev.frazil.plan.WindowCall;
import dev.frazil.plan.WindowCall.Function;
import dev.frazil.plan.WindowFrame;
import dev.frazil.plan.WindowFrame.Bound;
import dev.frazil.plan.WindowFrame.Exclusion;
import dev.frazil.plan.WindowFrame.Position;
import dev.frazil.plan.WindowFrame.Unit;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.Primitive;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random windows, as a node of ours and as SQL of DuckDB. */
final class WindowCases {
  static final List<SqlType> TYPES =
      List.of(
          Primitive.INTEGER,
          Primitive.BIGINT,
          Primitive.VARCHAR,
          Primitive.DOUBLE,
          new DecimalType(12, 2),
          Primitive.DATE,
          Primitive.BOOLEAN,
          // The last column numbers the rows: it makes orders total.
          Primitive.INTEGER);

  static final int ID = TYPES.size() - 1;
  private static final int MICROS_COLUMN = 5;

  private final Random random;

  WindowCases(Random random) {
    this.random = random;
  }

  /** One window with its calls. */
  record Case(Window node, String sql) {}

  /** A frame with its text. */
  private record Framed(WindowFrame frame, String sql) {}

  Case next(Values input) {
    List<Integer> partition = pick(List.of(), List.of(), List.of(2), List.of(0), List.of(2, 6));
    int key = pick(0, 1, 4, 5, 3);
    boolean descending = random.nextBoolean();
    boolean nullsFirst = random.nextBoolean();
    boolean total = random.nextBoolean();
    List<SortKey> order = new ArrayList<>();
    order.add(new SortKey(key, descending, nullsFirst));
    if (total) {
      order.add(new SortKey(ID, false, false));
    }
    StringBuilder over = new StringBuilder();
    if (!partition.isEmpty()) {
      over.append("partition by ")
          .append(String.join(", ", partition.stream().map(c -> "c" + c).toList()));
    }
    over.append(" order by c").append(key).append(descending ? " desc" : "");
    over.append(nullsFirst ? " nulls first" : " nulls last").append(total ? ", c" + ID : "");
    List<WindowCall> calls = new ArrayList<>();
    List<Column> columns = new ArrayList<>(input.columns());
    List<String> outputs = new ArrayList<>();
    for (int c = 0; c < TYPES.size(); c++) {
      outputs.add("c" + c);
    }
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      Framed frame = frame(key, total);
      String text = total && random.nextBoolean() ? function(frame, calls) : anyOrder(frame, calls);
      outputs.add(text.replace("OVER", "over (" + over) + ")");
      columns.add(new Column("w" + i, calls.get(i).type(), true));
    }
    return new Case(
        new Window(input, partition, order, calls, columns),
        "select " + String.join(", ", outputs) + " from t");
  }

  /** A function whose value is the same for every order of peers; its SQL up to the window. */
  private String anyOrder(Framed frame, List<WindowCall> calls) {
    switch (random.nextInt(9)) {
      case 0 -> {
        Function function =
            pick(Function.RANK, Function.DENSE_RANK, Function.PERCENT_RANK, Function.CUME_DIST);
        boolean whole = function == Function.RANK || function == Function.DENSE_RANK;
        calls.add(call(function, List.of(), whole ? Primitive.BIGINT : Primitive.DOUBLE, frame));
        return function.name().toLowerCase(java.util.Locale.ROOT) + "() OVER";
      }
      case 1 -> {
        return aggregate(AggregateFunction.COUNT, -1, Primitive.BIGINT, "count(*)", frame, calls);
      }
      case 2 -> {
        int column = random.nextInt(TYPES.size());
        String text = "count(c" + column + ")";
        return aggregate(AggregateFunction.COUNT, column, Primitive.BIGINT, text, frame, calls);
      }
      case 3 -> {
        return aggregate(AggregateFunction.SUM, 0, Primitive.BIGINT, "sum(c0)", frame, calls);
      }
      case 4 -> {
        SqlType sum = new DecimalType(38, 2);
        return aggregate(AggregateFunction.SUM, 4, sum, "sum(c4)", frame, calls);
      }
      case 5 -> {
        return aggregate(AggregateFunction.AVG, 0, Primitive.DOUBLE, "avg(c0)", frame, calls);
      }
      case 6 -> {
        int column = random.nextInt(6);
        AggregateFunction function = pick(AggregateFunction.MIN, AggregateFunction.MAX);
        String text = function.name() + "(c" + column + ")";
        return aggregate(function, column, TYPES.get(column), text, frame, calls);
      }
      case 7 -> {
        return aggregate(AggregateFunction.SUM, 3, Primitive.DOUBLE, "sum(c3)", frame, calls);
      }
      default -> {
        AggregateFunction function = pick(AggregateFunction.BOOL_AND, AggregateFunction.BOOL_OR);
        String text = function.name() + "(c6)";
        return aggregate(function, 6, Primitive.BOOLEAN, text, frame, calls);
      }
    }
  }

  private static String aggregate(
      AggregateFunction function,
      int argument,
      SqlType type,
      String text,
      Framed frame,
      List<WindowCall> calls) {
    List<Integer> arguments = argument < 0 ? List.of() : List.of(argument);
    AggregateCall call = new AggregateCall(function, arguments, false, -1, type);
    calls.add(new WindowCall(Function.AGGREGATE, call, List.of(), false, frame.frame(), type));
    return text + " OVER " + frame.sql();
  }

  /** A function that depends on the order of all rows. */
  private String function(Framed frame, List<WindowCall> calls) {
    int column = random.nextInt(6);
    boolean ignoreNulls = random.nextBoolean();
    String nulls = ignoreNulls ? " ignore nulls" : "";
    Function function =
        pick(
            Function.ROW_NUMBER,
            Function.LAG,
            Function.LEAD,
            Function.FIRST_VALUE,
            Function.LAST_VALUE);
    switch (function) {
      case ROW_NUMBER -> {
        calls.add(call(function, List.of(), Primitive.BIGINT, frame));
        return "row_number() OVER";
      }
      case LAG, LEAD -> {
        calls.add(
            new WindowCall(
                function, null, List.of(column), ignoreNulls, frame.frame(), TYPES.get(column)));
        return function + "(c" + column + nulls + ") OVER";
      }
      default -> {
        calls.add(
            new WindowCall(
                function, null, List.of(column), ignoreNulls, frame.frame(), TYPES.get(column)));
        return function + "(c" + column + nulls + ") OVER " + frame.sql();
      }
    }
  }

  private static WindowCall call(
      Function function, List<Integer> arguments, SqlType type, Framed frame) {
    return new WindowCall(function, null, arguments, false, frame.frame(), type);
  }

  private Framed frame(int key, boolean total) {
    if (random.nextInt(4) == 0) {
      return new Framed(
          new WindowFrame(
              Unit.RANGE,
              new Bound(Position.UNBOUNDED_PRECEDING, null),
              new Bound(Position.CURRENT_ROW, null),
              Exclusion.NO_OTHERS),
          "");
    }
    Unit unit = total ? pick(Unit.ROWS, Unit.GROUPS, Unit.ROWS) : pick(Unit.RANGE, Unit.GROUPS);
    Position start =
        pick(
            Position.UNBOUNDED_PRECEDING,
            Position.PRECEDING,
            Position.CURRENT_ROW,
            Position.FOLLOWING);
    Position end =
        pick(
            Position.PRECEDING,
            Position.CURRENT_ROW,
            Position.FOLLOWING,
            Position.UNBOUNDED_FOLLOWING);
    if (start.ordinal() > end.ordinal()) {
      end = Position.UNBOUNDED_FOLLOWING;
    }
    int most = random.nextBoolean() ? 4 : 200;
    int startOffset = random.nextInt(most);
    int endOffset = random.nextInt(most);
    Exclusion exclusion =
        random.nextInt(3) > 0
            ? Exclusion.NO_OTHERS
            : pick(Exclusion.CURRENT_ROW, Exclusion.GROUP, Exclusion.TIES);
    String excluded =
        exclusion == Exclusion.NO_OTHERS ? "" : " exclude " + exclusion.name().replace('_', ' ');
    return new Framed(
        new WindowFrame(
            unit,
            new Bound(start, offset(start, unit, key, startOffset)),
            new Bound(end, offset(end, unit, key, endOffset)),
            exclusion),
        " "
            + unit
            + " between "
            + text(start, unit, key, startOffset)
            + " and "
            + text(end, unit, key, endOffset)
            + excluded);
  }

  private static @Nullable ScalarExpression offset(
      Position position, Unit unit, int key, int offset) {
    if (position != Position.PRECEDING && position != Position.FOLLOWING) {
      return null;
    }
    if (unit != Unit.RANGE) {
      return new Literal((long) offset, Primitive.BIGINT);
    }
    SqlType type = TYPES.get(key);
    if (key == MICROS_COLUMN) {
      return new Literal(offset * 86_400_000_000L, Primitive.BIGINT);
    } else if (type instanceof DecimalType decimal) {
      return new Literal(new BigDecimal(offset).movePointLeft(1).setScale(1), decimal);
    }
    return new Literal(offset, Primitive.INTEGER);
  }

  private static String text(Position position, Unit unit, int key, int offset) {
    String words = position.name().replace('_', ' ');
    if (position != Position.PRECEDING && position != Position.FOLLOWING) {
      return words;
    }
    if (unit != Unit.RANGE) {
      return offset + " " + words;
    }
    if (key == MICROS_COLUMN) {
      return "interval '" + offset + "' day " + words;
    }
    return (TYPES.get(key) instanceof DecimalType ? offset / 10 + "." + offset % 10 : offset)
        + " "
        + words;
  }

  @SafeVarargs
  private <T> T pick(T... choices) {
    return choices[random.nextInt(choices.length)];
  }
}

package dev.frazil.exec.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frazil.error.EngineException;
import dev.frazil.function.FunctionLibrary;
import dev.frazil.function.LibraryFunction;
import dev.frazil.function.Signature;
import dev.frazil.geometry.WellKnownTextParser;
import dev.frazil.kernel.SampleVectors;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarFunction;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.DecimalType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.variant.VariantJson;
import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DictionaryVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.SelectionVector;
import dev.frazil.vector.VectorBuilder;
import dev.frazil.vector.VectorValues;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every function of the library over every signature, its letters standing for several types, x {no
 * nulls, some, all} x {all rows, some} x {texts as such, by dictionary} x boundary values: a batch
 * gives what its rows give one by one, fails when and only when one of its rows does, and fails
 * with an SQLState, never with a defect.
 */
@Tag("slow")
class LibraryFunctionMatrixTest {
  private static final int ROWS = 40;

  private static final List<Object> VARIANTS =
      List.of("null", "1", "{}", "{\"a\": [1, \"x\", null], \"b\": {}}", "\"a\"", "[true, 2.50]");

  private static final List<Object> TEXTS =
      List.of(
          "",
          "a",
          "abc",
          "日本語",
          "\uD83D\uDE00x",
          "2024-02-29",
          "12:30",
          "{\"a\":[1,\"x\"]}",
          "[1]",
          "$.a[0]",
          "%Y-%m-%d",
          "YYYY-MM-DD",
          "month",
          "hex",
          "UTC",
          "-1",
          "(",
          "%",
          "\\1",
          "\u0000");

  /** The empty one stands for bytes of another writer that are no geometry. */
  private static final List<Object> SHAPES =
      List.of("POINT (1 2)", "POINT ZM (1 2 3 4)", "POINT EMPTY", "LINESTRING (0 0, 1 1)", "");

  private static final List<Object> LONGS =
      List.of(
          0L, 1L, -1L, 2L, 7L, 36L, 1000L, Long.MAX_VALUE, Long.MIN_VALUE, 1_700_000_000_000_000L);

  private static final List<Object> DOUBLES =
      List.of(
          0d, -0d, 1d, -1.5, 0.5, Double.NaN, Double.POSITIVE_INFINITY, 1e300, Double.MIN_VALUE);

  private static final List<Object> DAYS =
      List.of(0, 1, -1, 19_782, Integer.MAX_VALUE, Integer.MIN_VALUE, -719_529);

  private static final SqlType INTERVAL_NUMBER = new DecimalType(38, 0);

  /**
   * Numbers that stand for intervals, as docs/adr/intervals-as-numbers.md says, and that do not.
   */
  private static final List<BigDecimal> INTERVALS =
      Stream.of("0", "1", "-1", "-34359738368", "34359738369", "1" + "0".repeat(37), "9".repeat(38))
          .map(BigDecimal::new)
          .toList();

  static Stream<String> functions() {
    return FunctionLibrary.all().stream().filter(f -> !f.isVolatile()).map(LibraryFunction::name);
  }

  @ParameterizedTest
  @MethodSource("functions")
  void aBatchGivesWhatItsRowsGive(String name) {
    long seed = Long.getLong("frazil.seed", name.hashCode());
    LibraryFunction function = FunctionLibrary.find(name);
    assertThat(function).isNotNull();
    for (SqlType letter : List.of(Primitive.BIGINT, Primitive.VARCHAR, Primitive.DATE)) {
      for (Signature signature : function.signatures()) {
        Map<String, SqlType> letters =
            Map.of(
                "E",
                letter,
                "K",
                Primitive.VARCHAR,
                "V",
                letter,
                "A",
                letter,
                "B",
                Primitive.DOUBLE,
                "D",
                time(letter),
                "N",
                letter == Primitive.BIGINT ? letter : Primitive.DOUBLE,
                "X",
                exact(letter));
        List<SqlType> types = signature.argumentTypes(letters);
        for (int nullOneIn : new int[] {0, 4, 1}) {
          check(function, types, nullOneIn, new Random(seed));
        }
      }
    }
  }

  private static ColumnVector intervals(int nullOneIn, Random random) {
    VectorBuilder builder = VectorBuilder.of(INTERVAL_NUMBER);
    for (int row = 0; row < ROWS; row++) {
      if (nullOneIn > 0 && random.nextInt(nullOneIn) == 0) {
        builder.appendNull();
      } else {
        builder.appendDecimal(INTERVALS.get(random.nextInt(INTERVALS.size())));
      }
    }
    return builder.build();
  }

  private static SqlType time(SqlType letter) {
    if (letter == Primitive.DATE) {
      return letter;
    }
    return letter == Primitive.BIGINT ? Primitive.TIMESTAMP_WITH_TIME_ZONE : Primitive.TIMESTAMP;
  }

  private static SqlType exact(SqlType letter) {
    if (letter == Primitive.BIGINT) {
      return letter;
    }
    return letter == Primitive.DATE ? new DecimalType(38, 10) : new DecimalType(18, 3);
  }

  private static void check(
      LibraryFunction function, List<SqlType> types, int nullOneIn, Random random) {
    Signature.Binding binding = Signature.bind(function.signatures(), types);
    assertThat(binding).as(function.name() + types).isNotNull();
    List<ScalarExpression> operands = new ArrayList<>();
    operands.add(Expressions.text(function.name()));
    List<ColumnVector> columns = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      boolean isInterval = types.get(i).equals(Signature.INTERVAL);
      operands.add(Expressions.column(i, isInterval ? INTERVAL_NUMBER : types.get(i)));
      columns.add(
          isInterval ? intervals(nullOneIn, random) : column(types.get(i), nullOneIn, random));
    }
    Evaluator evaluator =
        ExpressionEvaluator.compile(
            new Call(ScalarFunction.LIBRARY, operands, binding.result()), Expressions.context());
    List<Object> expected = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      expected.add(oneRow(function, evaluator, columns, row));
    }
    int[] some = random.ints(ROWS / 3, 0, ROWS).sorted().distinct().toArray();
    checkBatch(function, evaluator, new RowBatch(columns, ROWS), expected);
    checkBatch(
        function,
        evaluator,
        new RowBatch(columns, ROWS, new SelectionVector(some, some.length)),
        expected);
    if (nullOneIn > 1) {
      List<ColumnVector> coded =
          columns.stream().map(LibraryFunctionMatrixTest::byDictionary).toList();
      checkBatch(function, evaluator, new RowBatch(coded, ROWS), expected);
    }
  }

  /** The same texts, each an entry of a dictionary; the entry of a null is another row's. */
  private static ColumnVector byDictionary(ColumnVector column) {
    if (!(column instanceof BytesVector bytes) || bytes.type() != Primitive.VARCHAR) {
      return column;
    }
    List<Object> entries = new ArrayList<>();
    int[] ids = new int[bytes.rowCount()];
    for (int row = ids.length - 1; row >= 0; row--) {
      entries.add(bytes.isNull(row) ? "another" : bytes.text(row));
      ids[row] = ids.length - 1 - row;
    }
    return new DictionaryVector(
        ids.length,
        ids,
        (BytesVector) Expressions.vector(Primitive.VARCHAR, entries.toArray()),
        bytes.nulls());
  }

  /** The value, or the exception. */
  private static Object oneRow(
      LibraryFunction function, Evaluator evaluator, List<ColumnVector> columns, int row) {
    RowBatch single = new RowBatch(columns, ROWS, new SelectionVector(new int[] {row}, 1));
    try {
      return VectorValues.read(evaluator.evaluate(single), row);
    } catch (EngineException failed) {
      assertThat(failed.state().code())
          .as(function.name() + " of row " + row + ": " + failed.getMessage())
          .matches("22.*|54000");
      return failed;
    }
  }

  private static void checkBatch(
      LibraryFunction function, Evaluator evaluator, RowBatch batch, List<Object> expected) {
    int[] alive =
        batch.selection() == null
            ? java.util.stream.IntStream.range(0, ROWS).toArray()
            : batch.selection().positions();
    boolean fails = false;
    for (int i = 0; i < batch.selectedCount(); i++) {
      fails |= expected.get(alive[i]) instanceof EngineException;
    }
    if (fails) {
      assertThat(catchThrowableOfType(EngineException.class, () -> evaluator.evaluate(batch)))
          .as(function.name())
          .isNotNull();
      return;
    }
    ColumnVector result = evaluator.evaluate(batch);
    assertThat(result.rowCount()).isEqualTo(ROWS);
    for (int i = 0; i < batch.selectedCount(); i++) {
      Object value = VectorValues.read(result, alive[i]);
      assertThat(SampleVectors.same(value, expected.get(alive[i])))
          .as(
              "%s at row %s: %s, alone %s",
              function.name(), alive[i], value, expected.get(alive[i]))
          .isTrue();
    }
  }

  private static ColumnVector column(SqlType type, int nullOneIn, Random random) {
    List<Object> values = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      boolean isNull = nullOneIn > 0 && random.nextInt(nullOneIn) == 0;
      values.add(isNull ? null : value(type, random));
    }
    return Expressions.vector(type, values.toArray());
  }

  private static Object value(SqlType type, Random random) {
    if (type instanceof SqlType.ArrayType array) {
      List<Object> elements = new ArrayList<>();
      for (int n = random.nextInt(4); n > 0; n--) {
        elements.add(random.nextInt(5) == 0 ? null : value(array.element(), random));
      }
      return elements;
    }
    if (type instanceof SqlType.GeospatialType) {
      String shape = (String) pick(SHAPES, random);
      return shape.isEmpty() ? new byte[] {1} : WellKnownTextParser.parse(shape);
    }
    if (!(type instanceof Primitive primitive)) {
      return SampleVectors.value(type, random);
    }
    return switch (primitive) {
      case VARCHAR -> pick(TEXTS, random);
      case BIGINT,
          TIMESTAMP,
          TIMESTAMP_WITH_TIME_ZONE,
          TIMESTAMP_NANO,
          TIMESTAMP_NANO_WITH_TIME_ZONE ->
          pick(LONGS, random);
      case TIME -> (long) random.nextInt(86_400) * 1_000_000;
      case DATE -> pick(DAYS, random);
      case DOUBLE -> pick(DOUBLES, random);
      case UUID -> bytes(random);
      case VARIANT -> VariantJson.parse(pick(VARIANTS, random).toString());
      case BOOLEAN, INTEGER, REAL, VARBINARY, UNKNOWN -> SampleVectors.value(type, random);
    };
  }

  private static byte[] bytes(Random random) {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return bytes;
  }

  private static Object pick(List<Object> values, Random random) {
    return values.get(random.nextInt(values.size()));
  }
}

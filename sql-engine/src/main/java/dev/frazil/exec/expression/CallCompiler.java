package dev.frazil.exec.expression;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.function.Arguments;
import dev.frazil.function.FunctionLibrary;
import dev.frazil.function.LibraryFunction;
import dev.frazil.kernel.CivilTime;
import dev.frazil.kernel.LikeMatcher;
import dev.frazil.kernel.TimeZoneConversion;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.plan.ScalarFunction;
import dev.frazil.storage.Ids;
import dev.frazil.storage.TimeSource;
import dev.frazil.type.PhysicalKind;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/** Picks the evaluator of a function by its name and the types of its operands. */
final class CallCompiler {
  private final ExpressionEvaluator expressions;
  private final ComparisonCompiler comparisons;
  private final DateTimeFunctions dateTimes;
  private final TimeZoneConversion zone;
  private final long statementStartMicros;

  CallCompiler(
      ExpressionEvaluator expressions, TimeZoneConversion zone, long statementStartMicros) {
    this.expressions = expressions;
    this.zone = zone;
    this.statementStartMicros = statementStartMicros;
    this.comparisons = new ComparisonCompiler(expressions);
    this.dateTimes = new DateTimeFunctions(zone);
  }

  Evaluator compile(Call call) {
    List<ScalarExpression> operands = call.operands();
    return switch (call.function()) {
      case AND -> logic(true, operands);
      case OR -> logic(false, operands);
      case NOT -> not(operands.get(0));
      case IS_TRUE -> new TruthTestEvaluator(truth(operands.get(0)), true, false, false);
      case IS_FALSE -> new TruthTestEvaluator(truth(operands.get(0)), false, true, false);
      case IS_NOT_TRUE -> new TruthTestEvaluator(truth(operands.get(0)), false, true, true);
      case IS_NOT_FALSE -> new TruthTestEvaluator(truth(operands.get(0)), true, false, true);
      case IS_NULL -> new NullTestEvaluator(expressions.node(operands.get(0)), true);
      case IS_NOT_NULL -> new NullTestEvaluator(expressions.node(operands.get(0)), false);
      case EQUAL,
          NOT_EQUAL,
          LESS,
          LESS_OR_EQUAL,
          GREATER,
          GREATER_OR_EQUAL,
          IS_DISTINCT_FROM,
          IS_NOT_DISTINCT_FROM ->
          comparisons.compare(call.function(), operands.get(0), operands.get(1));
      case IN -> comparisons.in(operands);
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO -> arithmetic(call);
      case CASE -> conditional(call);
      case COALESCE -> new CoalesceEvaluator(branches(operands, call.type()), call.type());
      case NULLIF ->
          new NullIfEvaluator(
              expressions.nodeAs(operands.get(0), call.type()),
              comparisons.compare(ScalarFunction.EQUAL, operands.get(0), operands.get(1)));
      case TRY ->
          new TryEvaluator(expressions.branchAs(call.operands().get(0), call.type()), call.type());
      case GREATEST -> new ExtremeEvaluator(true, nodes(operands, call.type()), call.type());
      case LEAST -> new ExtremeEvaluator(false, nodes(operands, call.type()), call.type());
      case LIKE, ILIKE -> like(call);
      case SINGLE_ROW ->
          new SingleRowEvaluator(
              expressions.node(operands.get(0)), expressions.node(operands.get(1)));
      case SAMPLED -> SampleEvaluator.of(operands, expressions, statementStartMicros);
      case FIELD -> field(operands);
      case ROW_CONSTRUCTOR -> new NestedFunctions.RowEvaluator(rowFields(call), call.type());
      case ARRAY_CONSTRUCTOR, MAP_CONSTRUCTOR ->
          new NestedFunctions.CollectionEvaluator(collectionElements(call), call.type());
      case ITEM -> rowFunction(NestedFunctions::item, call);
      case CARDINALITY -> rowFunction(NestedFunctions::cardinality, call);
      case CURRENT_TIMESTAMP -> ConstantEvaluator.ofValue(statementStartMicros, call.type());
      case LOCAL_TIMESTAMP ->
          ConstantEvaluator.ofValue(zone.toLocal(statementStartMicros), call.type());
      case CURRENT_DATE ->
          ConstantEvaluator.ofValue(
              (int) Math.floorDiv(zone.toLocal(statementStartMicros), CivilTime.MICROS_PER_DAY),
              call.type());
      case LIBRARY -> library(call);
      case LAMBDA -> new LambdaCompiler(expressions).compile(call);
      case LAMBDA_PARAMETER ->
          throw EngineException.unsupported("a parameter of a lambda outside of it");
      case CONCAT,
          UPPER,
          LOWER,
          SUBSTRING,
          CHAR_LENGTH,
          OCTET_LENGTH,
          TRIM_BOTH,
          TRIM_LEADING,
          TRIM_TRAILING,
          POSITION,
          REPLACE,
          STARTS_WITH,
          NEGATE,
          ABS,
          FLOOR,
          CEIL,
          ROUND,
          TRUNCATE_NUMBER,
          POWER,
          SQRT,
          EXP,
          LN,
          LOG10,
          SIGN,
          EXACT_ORDER,
          EXTRACT_YEAR,
          EXTRACT_QUARTER,
          EXTRACT_MONTH,
          EXTRACT_WEEK,
          EXTRACT_DAY,
          EXTRACT_DAY_OF_WEEK,
          EXTRACT_DAY_OF_YEAR,
          EXTRACT_HOUR,
          EXTRACT_MINUTE,
          EXTRACT_SECOND,
          EXTRACT_EPOCH,
          DATE_TRUNC,
          ADD_MONTHS ->
          byRow(call);
    };
  }

  private Evaluator logic(boolean isAnd, List<ScalarExpression> operands) {
    return new LogicEvaluator(isAnd, operands.stream().map(this::truth).toList());
  }

  /** A predicate, which may be a bare NULL. */
  private Evaluator truth(ScalarExpression expression) {
    return expressions.branchAs(expression, Primitive.BOOLEAN);
  }

  /** NOT of a comparison is the opposite comparison, which has a faster form as a predicate. */
  private Evaluator not(ScalarExpression operand) {
    if (operand instanceof Call call) {
      ScalarFunction opposite =
          switch (call.function()) {
            case EQUAL -> ScalarFunction.NOT_EQUAL;
            case NOT_EQUAL -> ScalarFunction.EQUAL;
            case LESS -> ScalarFunction.GREATER_OR_EQUAL;
            case LESS_OR_EQUAL -> ScalarFunction.GREATER;
            case GREATER -> ScalarFunction.LESS_OR_EQUAL;
            case GREATER_OR_EQUAL -> ScalarFunction.LESS;
            // not exhaustive on purpose: nothing else has an opposite with the same nulls
            default -> ScalarFunction.NOT;
          };
      if (opposite != ScalarFunction.NOT) {
        return comparisons.compare(opposite, call.operands().get(0), call.operands().get(1));
      }
    }
    return new TruthTestEvaluator(truth(operand), false, true, null);
  }

  private Evaluator arithmetic(Call call) {
    ScalarExpression left = call.operands().get(0);
    ScalarExpression right = call.operands().get(1);
    SqlType type = call.type();
    if (type instanceof SqlType.DecimalType decimal) {
      SqlType.DecimalType leftType = ComparisonCompiler.decimal(left.type());
      SqlType.DecimalType rightType = ComparisonCompiler.decimal(right.type());
      return new DecimalArithmetic(
          call.function(),
          expressions.nodeAs(left, leftType),
          leftType,
          expressions.nodeAs(right, rightType),
          rightType,
          decimal,
          expressions.arrays());
    }
    if (NumberConversions.isFloating(type)) {
      return new FloatingArithmetic(
          call.function(),
          expressions.nodeAs(left, type),
          expressions.nodeAs(right, type),
          type,
          expressions.arrays());
    }
    return new IntegerArithmetic(
        call.function(), physical(left, type), physical(right, type), type);
  }

  /** An operand in the kind of the result; dates and times count as the integers that hold them. */
  private Evaluator physical(ScalarExpression operand, SqlType type) {
    PhysicalKind from = operand.type().kind();
    PhysicalKind to = type.kind();
    boolean plain = !(operand.type() instanceof SqlType.DecimalType);
    if (plain && from == to) {
      return expressions.node(operand);
    }
    if (from == PhysicalKind.INT && to == PhysicalKind.LONG) {
      return VectorCasts.widen(expressions.node(operand), type);
    }
    return expressions.nodeAs(
        operand, to == PhysicalKind.INT ? Primitive.INTEGER : Primitive.BIGINT);
  }

  private Evaluator conditional(Call call) {
    List<ScalarExpression> operands = call.operands();
    List<Evaluator> conditions = new ArrayList<>();
    List<Evaluator> values = new ArrayList<>();
    int pairs = operands.size() / 2;
    for (int i = 0; i < pairs; i++) {
      conditions.add(truth(operands.get(2 * i)));
      values.add(expressions.branchAs(operands.get(2 * i + 1), call.type()));
    }
    Evaluator otherwise =
        operands.size() % 2 == 0
            ? new NullEvaluator(call.type())
            : expressions.branchAs(operands.get(operands.size() - 1), call.type());
    return new CaseEvaluator(conditions, values, otherwise, call.type());
  }

  private Evaluator like(Call call) {
    List<ScalarExpression> operands = call.operands();
    boolean ignoreCase = call.function() == ScalarFunction.ILIKE;
    boolean literal =
        operands.get(1) instanceof Literal pattern
            && pattern.value() instanceof String
            && (operands.size() < 3
                || (operands.get(2) instanceof Literal escape && escape.value() instanceof String));
    if (!literal) {
      return byRow(call);
    }
    String pattern = String.valueOf(((Literal) operands.get(1)).value());
    String escape =
        operands.size() < 3 ? null : String.valueOf(((Literal) operands.get(2)).value());
    return new LikeEvaluator(
        expressions.nodeAs(operands.get(0), Primitive.VARCHAR),
        LikeMatcher.compile(pattern, escape, ignoreCase));
  }

  private Evaluator field(List<ScalarExpression> operands) {
    if (operands.get(1) instanceof Literal literal && literal.value() instanceof Integer index) {
      return new NestedFunctions.FieldEvaluator(expressions.node(operands.get(0)), index);
    }
    throw EngineException.internal("the field of a row must be named by an integer literal");
  }

  private List<Evaluator> rowFields(Call call) {
    List<SqlType.Field> fields = ((SqlType.RowType) call.type()).fields();
    List<Evaluator> evaluators = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      evaluators.add(expressions.nodeAs(call.operands().get(i), fields.get(i).type()));
    }
    return evaluators;
  }

  private List<Evaluator> collectionElements(Call call) {
    List<Evaluator> evaluators = new ArrayList<>();
    for (int i = 0; i < call.operands().size(); i++) {
      SqlType element =
          call.type() instanceof SqlType.MapType map
              ? (i % 2 == 0 ? map.key() : map.value())
              : ((SqlType.ArrayType) call.type()).element();
      evaluators.add(expressions.nodeAs(call.operands().get(i), element));
    }
    return evaluators;
  }

  private Evaluator byRow(Call call) {
    SqlType first = call.operands().get(0).type();
    if (DateFieldEvaluator.covers(call.function(), first, call.type())) {
      return new DateFieldEvaluator(call.function(), expressions.node(call.operands().get(0)));
    }
    List<SqlType> types = call.operands().stream().map(ScalarExpression::type).toList();
    boolean binary = first != Primitive.VARCHAR && first.kind() == PhysicalKind.BYTES;
    Optional<RowFunction> function =
        TextFunctions.of(call.function(), binary)
            .or(() -> NumberFunctions.of(call.function(), first))
            .or(() -> dateTimes.of(call.function(), types));
    if (function.isEmpty()) {
      throw new EngineException(
          SqlState.UNDEFINED_FUNCTION, call.function() + " of " + types + " does not exist");
    }
    return rowFunction(function.get(), call);
  }

  private Evaluator library(Call call) {
    String identity = String.valueOf(((Literal) call.operands().get(0)).value());
    int mark = identity.indexOf(ScalarFunction.VOLATILE_MARK);
    String name = mark < 0 ? identity : identity.substring(0, mark);
    LibraryFunction function = FunctionLibrary.find(name);
    if (function == null) {
      throw EngineException.internal("the library has no function " + name);
    }
    List<Evaluator> operands = new ArrayList<>();
    for (ScalarExpression operand : call.operands().subList(1, call.operands().size())) {
      operands.add(expressions.node(operand));
    }
    LongSupplier random = function.isVolatile() ? randomBits() : () -> 0;
    LongSupplier counts = () -> expressions.context().counters().nextId(random);
    return new LibraryEvaluator(
        function,
        operands,
        new Arguments(zone, statementStartMicros, random, counts, CallCompiler::clockMicros),
        call.type(),
        expressions.context().cancellation());
  }

  private static long clockMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, TimeSource.system().now());
  }

  /** Seeded once an evaluator: cheap enough for every row. */
  private static LongSupplier randomBits() {
    SplittableRandom random = new SplittableRandom(Ids.system().positiveLong());
    return random::nextLong;
  }

  private Evaluator rowFunction(RowFunction function, Call call) {
    List<Evaluator> operands = new ArrayList<>();
    for (ScalarExpression operand : call.operands()) {
      if (operand.type() == Primitive.UNKNOWN) {
        return new NullEvaluator(call.type());
      }
      operands.add(expressions.node(operand));
    }
    return new RowFunctionEvaluator(
        function, operands, call.type(), expressions.context().cancellation());
  }

  private List<Evaluator> nodes(List<ScalarExpression> operands, SqlType type) {
    return operands.stream().map(operand -> expressions.nodeAs(operand, type)).toList();
  }

  private List<Evaluator> branches(List<ScalarExpression> operands, SqlType type) {
    return operands.stream().map(operand -> expressions.branchAs(operand, type)).toList();
  }
}

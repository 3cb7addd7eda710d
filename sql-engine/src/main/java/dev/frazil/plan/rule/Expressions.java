package dev.frazil.plan.rule;

import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.plan.ScalarExpression.Cast;
import dev.frazil.plan.ScalarExpression.InputReference;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.plan.ScalarExpression.OuterReference;
import dev.frazil.plan.ScalarExpression.Parameter;
import dev.frazil.plan.ScalarFunction;
import dev.frazil.type.SqlType.Primitive;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Walks over expressions, and the algebra of their conjunctions. */
public final class Expressions {
  /** The predicate that holds for every row. */
  public static final Literal TRUE = new Literal(true, Primitive.BOOLEAN);

  private Expressions() {}

  /** The columns that an expression reads. */
  public static BitSet references(ScalarExpression expression) {
    BitSet columns = new BitSet();
    collect(expression, columns);
    return columns;
  }

  private static void collect(ScalarExpression expression, BitSet columns) {
    if (expression instanceof InputReference reference) {
      columns.set(reference.index());
    } else if (expression instanceof Call call) {
      for (ScalarExpression operand : call.operands()) {
        collect(operand, columns);
      }
    } else if (expression instanceof Cast cast) {
      collect(cast.operand(), columns);
    }
  }

  /** The expression with every column reference replaced. */
  public static ScalarExpression replaceReferences(
      ScalarExpression expression, Function<InputReference, ScalarExpression> replacement) {
    if (expression instanceof InputReference reference) {
      return replacement.apply(reference);
    } else if (expression instanceof Call call) {
      List<ScalarExpression> operands = new ArrayList<>(call.operands().size());
      for (ScalarExpression operand : call.operands()) {
        operands.add(replaceReferences(operand, replacement));
      }
      return new Call(call.function(), operands, call.type());
    } else if (expression instanceof Cast cast) {
      return new Cast(replaceReferences(cast.operand(), replacement), cast.type(), cast.safe());
    } else if (expression instanceof Literal
        || expression instanceof Parameter
        || expression instanceof OuterReference) {
      return expression;
    }
    throw new IllegalStateException("unknown expression " + expression);
  }

  /** The expression over other column numbers. */
  public static ScalarExpression renumber(ScalarExpression expression, IntUnaryOperator mapping) {
    return replaceReferences(
        expression,
        reference -> new InputReference(mapping.applyAsInt(reference.index()), reference.type()));
  }

  /** The parts that all must hold. */
  public static List<ScalarExpression> conjuncts(@Nullable ScalarExpression predicate) {
    List<ScalarExpression> parts = new ArrayList<>();
    if (predicate != null) {
      addConjuncts(predicate, parts);
    }
    return parts;
  }

  private static void addConjuncts(ScalarExpression predicate, List<ScalarExpression> parts) {
    if (predicate instanceof Call call && call.function() == ScalarFunction.AND) {
      for (ScalarExpression operand : call.operands()) {
        addConjuncts(operand, parts);
      }
    } else if (!isTrue(predicate) && !parts.contains(predicate)) {
      parts.add(predicate);
    }
  }

  /** The alternatives of which one must hold. */
  public static List<ScalarExpression> disjuncts(ScalarExpression predicate) {
    List<ScalarExpression> parts = new ArrayList<>();
    if (predicate instanceof Call call && call.function() == ScalarFunction.OR) {
      for (ScalarExpression operand : call.operands()) {
        parts.addAll(disjuncts(operand));
      }
    } else {
      parts.add(predicate);
    }
    return parts;
  }

  /** All of them; null for none. */
  public static @Nullable ScalarExpression and(List<ScalarExpression> parts) {
    if (parts.isEmpty()) {
      return null;
    }
    return parts.size() == 1
        ? parts.get(0)
        : new Call(ScalarFunction.AND, parts, Primitive.BOOLEAN);
  }

  /** One of them. */
  public static ScalarExpression or(List<ScalarExpression> parts) {
    return parts.size() == 1 ? parts.get(0) : new Call(ScalarFunction.OR, parts, Primitive.BOOLEAN);
  }

  /** Whether it may give another value each time that it is computed. */
  public static boolean isVolatile(ScalarExpression expression) {
    if (expression instanceof Call call) {
      boolean volatileCall =
          call.function() == ScalarFunction.LIBRARY
              && call.operands().get(0) instanceof Literal name
              && String.valueOf(name.value()).contains(ScalarFunction.VOLATILE_MARK);
      return volatileCall || call.operands().stream().anyMatch(Expressions::isVolatile);
    }
    return expression instanceof Cast cast && isVolatile(cast.operand());
  }

  /** Whether it is the literal TRUE. */
  public static boolean isTrue(ScalarExpression expression) {
    return expression instanceof Literal literal && Boolean.TRUE.equals(literal.value());
  }

  /** Whether it is FALSE or NULL: as a predicate it keeps nothing. */
  public static boolean isNeverTrue(ScalarExpression expression) {
    return expression instanceof Literal literal && !Boolean.TRUE.equals(literal.value());
  }

  /** Whether it is the same for every row and every execution. */
  public static boolean isLiteral(ScalarExpression expression) {
    return expression instanceof Literal;
  }
}

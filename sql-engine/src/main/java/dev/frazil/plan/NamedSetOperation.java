package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.parser.NamedSetForms;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSetOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SelectScope;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/**
 * A set operation whose columns are paired by their names: {@code UNION BY NAME}, {@code EXCEPT
 * CORRESPONDING}. Both sides are sub-queries, whose columns are known once they are validated, and
 * then put in order.
 */
final class NamedSetOperation extends SqlSetOperator {
  private static final int PRECEDENCE = 12;

  private final boolean isByName;

  private final List<String> names;

  private NamedSetOperation(SqlSetOperator operation, boolean isByName, List<String> names) {
    super(
        operation.getName() + (isByName ? " BY NAME" : " CORRESPONDING " + names),
        operation.getKind(),
        PRECEDENCE,
        operation.isAll());
    this.isByName = isByName;
    this.names = names;
  }

  /** What stands for the operation; the call itself where it is none of these. */
  static SqlCall rewrite(SqlCall call) {
    if (!(call.getOperator() instanceof SqlSetOperator operation)
        || !(call.operand(0) instanceof SqlCall marked)
        || !(marked.getOperator() instanceof SqlSetOperator)
        || !(marked.operand(1) instanceof SqlSelect marker)
        || !(marker.getSelectList().get(0) instanceof SqlIdentifier form)) {
      return call;
    }
    boolean isByName = form.toString().equals(NamedSetForms.BY_NAME);
    if (!isByName && !form.toString().equals(NamedSetForms.CORRESPONDING)) {
      return call;
    }
    List<String> names =
        marker.getSelectList().stream().skip(1).map(name -> name.toString()).toList();
    return new NamedSetOperation(operation, isByName, names)
        .createCall(
            call.getParserPosition(), subQuery(marked.operand(0)), subQuery(call.operand(1)));
  }

  private static SqlNode subQuery(SqlNode query) {
    SqlParserPos position = query.getParserPosition();
    SqlNode named =
        SqlStdOperatorTable.AS.createCall(position, query, new SqlIdentifier("$side", position));
    return SelectFrom.of(
        position, new SqlNodeList(List.of(SqlIdentifier.star(position)), position), named);
  }

  /** Calcite would put the operation of this name in its table for this one. */
  @Override
  public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
    return validateOperands(validator, scope, call);
  }

  /** Both sides are validated: their stars are lists, their types known. */
  @Override
  public void preValidateCall(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
    SqlSelect left = call.operand(0);
    SqlSelect right = call.operand(1);
    Map<String, Integer> onLeft = columns(validator, left);
    Map<String, Integer> onRight = columns(validator, right);
    List<String> all = new ArrayList<>();
    if (isByName) {
      all.addAll(onLeft.keySet());
      onRight.keySet().stream().filter(name -> !onLeft.containsKey(name)).forEach(all::add);
    } else if (names.isEmpty()) {
      onLeft.keySet().stream().filter(onRight::containsKey).forEach(all::add);
    } else {
      names.stream().map(NamedSetOperation::key).forEach(all::add);
      for (String name : all) {
        if (!onLeft.containsKey(name) || !onRight.containsKey(name)) {
          throw new EngineException(
              SqlState.UNDEFINED_COLUMN,
              "column \"" + name + "\" of CORRESPONDING BY is not on both sides");
        }
      }
    }
    if (all.isEmpty()) {
      throw new EngineException(
          SqlState.SYNTAX_ERROR, "CORRESPONDING needs a column that both sides have");
    }
    RelDataType leftRow = validator.getValidatedNodeType(left);
    arrange(validator, left, all, onLeft, validator.getValidatedNodeType(right), onRight);
    arrange(validator, right, all, onRight, leftRow, onLeft);
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** The places of the columns by their names. */
  private Map<String, Integer> columns(SqlValidator validator, SqlSelect side) {
    Map<String, Integer> columns = new LinkedHashMap<>();
    for (RelDataTypeField field : validator.getValidatedNodeType(side).getFieldList()) {
      if (isByName && field.getName().startsWith("EXPR$")) {
        throw EngineException.unsupported("UNION BY NAME of a column without a name (write AS)");
      }
      Integer other = columns.put(key(field.getName()), field.getIndex());
      if (other != null && (isByName || names.isEmpty())) {
        throw new EngineException(
            SqlState.DUPLICATE_COLUMN,
            "several columns of one side are called \"" + field.getName() + "\"");
      }
    }
    return columns;
  }

  /** Puts the columns of a side in order, null for those that only the other side has. */
  private static void arrange(
      SqlValidator validator,
      SqlSelect side,
      List<String> all,
      Map<String, Integer> places,
      RelDataType other,
      Map<String, Integer> otherPlaces) {
    RelDataType type = validator.getValidatedNodeType(side);
    SqlNodeList items = side.getSelectList();
    List<SqlNode> arranged = new ArrayList<>();
    List<RelDataType> types = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (String name : all) {
      @Nullable Integer place = places.get(name);
      @Nullable Integer otherPlace = otherPlaces.get(name);
      if (place != null) {
        arranged.add(items.get(place));
        types.add(type.getFieldList().get(place).getType());
        labels.add(type.getFieldNames().get(place));
      } else if (otherPlace != null) {
        String label = other.getFieldNames().get(otherPlace);
        SqlNode item =
            SqlStdOperatorTable.AS.createCall(
                SqlParserPos.ZERO,
                SqlLiteral.createNull(SqlParserPos.ZERO),
                new SqlIdentifier(label, SqlParserPos.ZERO));
        arranged.add(item);
        types.add(validator.deriveType(validator.getSelectScope(side), item));
        labels.add(label);
      }
    }
    side.setSelectList(new SqlNodeList(arranged, items.getParserPosition()));
    ((SelectScope) Objects.requireNonNull(validator.getSelectScope(side)))
        .setExpandedSelectList(arranged);
    RelDataType row = validator.getTypeFactory().createStructType(types, labels);
    validator.setValidatedNodeType(side, row);
    Objects.requireNonNull(validator.getNamespace(side)).setType(row);
  }
}

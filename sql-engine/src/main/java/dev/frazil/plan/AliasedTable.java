package dev.frazil.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * {@code t AS x (a)}: a table with names for its first columns; those behind keep their own, as in
 * PostgreSQL (ISO wants a name for each).
 */
final class AliasedTable extends SqlBasicCall {
  private final List<SqlNode> more = new ArrayList<>();

  private AliasedTable(SqlCall as) {
    super(as.getOperator(), as.getOperandList(), as.getParserPosition());
  }

  /** The query in which lists of names may be completed. */
  static SqlNode within(SqlNode query) {
    SqlNode copy =
        query.accept(
            new SqlShuttle() {
              @Override
              public @Nullable SqlNode visit(SqlCall call) {
                SqlNode visited = super.visit(call);
                return visited instanceof SqlCall as
                        && as.getKind() == SqlKind.AS
                        && as.operandCount() > 2
                        && !isOwn(as.operand(1))
                    ? new AliasedTable(as)
                    : visited;
              }
            });
    return copy == null ? query : copy;
  }

  /** An alias that is ours gives every column a name: {@code SET (a, b) = (SELECT ...)}. */
  private static boolean isOwn(SqlNode alias) {
    return alias.toString().startsWith("$");
  }

  /** Names the columns behind those that have a name. */
  void complete(List<String> columns) {
    for (int i = operandCount() - 2; i < columns.size(); i++) {
      more.add(new SqlIdentifier(columns.get(i), getParserPosition()));
    }
  }

  @Override
  public List<SqlNode> getOperandList() {
    if (more.isEmpty()) {
      return super.getOperandList();
    }
    List<SqlNode> all = new ArrayList<>(super.getOperandList());
    all.addAll(more);
    return all;
  }

  @Override
  public int operandCount() {
    return super.operandCount() + more.size();
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as Calcite declares it
  public <S extends SqlNode> S operand(int i) {
    return i < super.operandCount() ? super.operand(i) : (S) more.get(i - super.operandCount());
  }

  @Override
  public SqlNode clone(SqlParserPos position) {
    return getOperator().createCall(position, getOperandList());
  }
}

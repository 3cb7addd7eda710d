package dev.frazil.plan;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;

/** A SELECT of a list FROM rows, with no other clause: what rewritten texts are wrapped in. */
final class SelectFrom {
  private SelectFrom() {}

  static SqlSelect of(SqlParserPos position, SqlNodeList list, SqlNode rows) {
    return new SqlSelect(
        position, null, list, rows, null, null, null, null, null, null, null, null, null);
  }
}

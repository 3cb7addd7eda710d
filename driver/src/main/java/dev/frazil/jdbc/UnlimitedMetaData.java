package dev.frazil.jdbc;

import dev.frazil.plan.parser.SqlTokenizer;

/**
 * The limits that JDBC asks for: the length of a statement, and with it that of literals; no other
 * is fixed, which JDBC writes as 0.
 */
abstract class UnlimitedMetaData extends TransactionCapabilities {
  private static final int NO_LIMIT = 0;

  @Override
  public int getMaxBinaryLiteralLength() {
    return SqlTokenizer.MAX_LENGTH_CHARACTERS;
  }

  @Override
  public int getMaxCharLiteralLength() {
    return SqlTokenizer.MAX_LENGTH_CHARACTERS;
  }

  @Override
  public int getMaxColumnNameLength() {
    return NO_LIMIT;
  }

  @Override
  public int getMaxColumnsInGroupBy() {
    return NO_LIMIT;
  }

  @Override
  public int getMaxColumnsInIndex() {
    return NO_LIMIT;
  }

  @Override
  public int getMaxColumnsInOrderBy() {
    return NO_LIMIT;
  }

  @Override
  public int getMaxColumnsInSelect() {
    return NO_LIMIT;
  }

  @Override
  public int getMaxColumnsInTable() {
    return NO_LIMIT;
  }

  @Override
  public int getMaxConnections() {
    return NO_LIMIT;
  }

  @Override
  public int getMaxCursorNameLength() {
    return NO_LIMIT;
  }

  @Override
  public int getMaxIndexLength() {
    return NO_LIMIT;
  }

  @Override
  public int getMaxSchemaNameLength() {
    return NO_LIMIT;
  }

  @Override
  public int getMaxProcedureNameLength() {
    return NO_LIMIT;
  }

  @Override
  public int getMaxCatalogNameLength() {
    return NO_LIMIT;
  }

  @Override
  public int getMaxRowSize() {
    return NO_LIMIT;
  }

  @Override
  public int getMaxStatementLength() {
    return SqlTokenizer.MAX_LENGTH_CHARACTERS;
  }

  @Override
  public int getMaxStatements() {
    return NO_LIMIT;
  }

  @Override
  public int getMaxTableNameLength() {
    return NO_LIMIT;
  }

  @Override
  public int getMaxTablesInSelect() {
    return NO_LIMIT;
  }

  @Override
  public int getMaxUserNameLength() {
    return NO_LIMIT;
  }

  @Override
  public long getMaxLogicalLobSize() {
    return NO_LIMIT;
  }
}

package dev.frazil.jdbc;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.List;

/** A capability, and statements that run if there is it, and are refused otherwise. */
record Capability(String name, Claim claim, List<String> statements) {
  interface Claim {
    boolean of(DatabaseMetaData metaData) throws SQLException;
  }

  private static Capability of(String name, Claim claim, String... statements) {
    return new Capability(name, claim, List.of(statements));
  }

  static final List<Capability> ALL =
      List.of(
          of(
              "alter table add",
              DatabaseMetaData::supportsAlterTableWithAddColumn,
              "ALTER TABLE t ADD COLUMN z integer",
              "SELECT z FROM t",
              "ALTER TABLE t DROP COLUMN z"),
          of(
              "alter table drop",
              DatabaseMetaData::supportsAlterTableWithDropColumn,
              "ALTER TABLE t ADD COLUMN y integer",
              "ALTER TABLE t DROP COLUMN y"),
          of(
              "column aliases",
              DatabaseMetaData::supportsColumnAliasing,
              "SELECT a AS x, b y FROM t"),
          of(
              "convert",
              DatabaseMetaData::supportsConvert,
              "SELECT {fn convert(a, SQL_VARCHAR)} FROM t"),
          of(
              "correlation names",
              DatabaseMetaData::supportsTableCorrelationNames,
              "SELECT x.a FROM t AS x"),
          of(
              "expressions in ORDER BY",
              DatabaseMetaData::supportsExpressionsInOrderBy,
              "SELECT a FROM t ORDER BY a + b"),
          of(
              "ORDER BY of others",
              DatabaseMetaData::supportsOrderByUnrelated,
              "SELECT a FROM t ORDER BY b"),
          of("GROUP BY", DatabaseMetaData::supportsGroupBy, "SELECT a, sum(b) FROM t GROUP BY a"),
          of(
              "GROUP BY of others",
              DatabaseMetaData::supportsGroupByUnrelated,
              "SELECT max(a) FROM t GROUP BY b"),
          of(
              "GROUP BY beyond",
              DatabaseMetaData::supportsGroupByBeyondSelect,
              "SELECT a FROM t GROUP BY a, b"),
          of(
              "LIKE ESCAPE",
              DatabaseMetaData::supportsLikeEscapeClause,
              "SELECT a FROM t WHERE s LIKE 'x!%' ESCAPE '!'"),
          of(
              "NOT NULL",
              DatabaseMetaData::supportsNonNullableColumns,
              "CREATE TABLE nn (a integer NOT NULL)"),
          of(
              "minimum grammar of ODBC",
              DatabaseMetaData::supportsMinimumSQLGrammar,
              "CREATE TABLE mg (a integer, b char(3))",
              "INSERT INTO mg VALUES (1, 'x')",
              "UPDATE mg SET a = a + 1 WHERE b LIKE 'x%' AND NOT a > 5",
              "SELECT DISTINCT a, b FROM mg WHERE a = 2 ORDER BY a DESC",
              "DELETE FROM mg WHERE a = 2",
              "DROP TABLE mg"),
          of(
              "core grammar of ODBC",
              DatabaseMetaData::supportsCoreSQLGrammar,
              "CREATE INDEX i ON t (a)"),
          of(
              "extended grammar of ODBC",
              DatabaseMetaData::supportsExtendedSQLGrammar,
              "CREATE INDEX i ON t (a)"),
          of(
              "SQL-92 entry level",
              DatabaseMetaData::supportsANSI92EntryLevelSQL,
              "GRANT SELECT ON t TO PUBLIC"),
          of(
              "SQL-92 intermediate level",
              DatabaseMetaData::supportsANSI92IntermediateSQL,
              "CREATE DOMAIN d AS integer"),
          of(
              "SQL-92 full level",
              DatabaseMetaData::supportsANSI92FullSQL,
              "CREATE ASSERTION c CHECK (1 = 1)"),
          of(
              "integrity enhancement",
              DatabaseMetaData::supportsIntegrityEnhancementFacility,
              "CREATE TABLE fk (a integer REFERENCES t (a))"),
          of(
              "outer joins",
              DatabaseMetaData::supportsOuterJoins,
              "SELECT t.a FROM {oj t LEFT OUTER JOIN u ON t.a = u.a}",
              "SELECT t.a FROM t RIGHT JOIN u ON t.a < u.a AND t.b > 1"),
          of(
              "full outer joins",
              DatabaseMetaData::supportsFullOuterJoins,
              "SELECT t.a FROM t FULL OUTER JOIN (u LEFT JOIN t AS v ON u.a = v.a) ON t.a = u.a"),
          of(
              "limited outer joins",
              DatabaseMetaData::supportsLimitedOuterJoins,
              "SELECT t.a FROM t LEFT JOIN u ON t.a = u.a"),
          of(
              "positioned delete",
              DatabaseMetaData::supportsPositionedDelete,
              "DELETE FROM t WHERE CURRENT OF c"),
          of(
              "positioned update",
              DatabaseMetaData::supportsPositionedUpdate,
              "UPDATE t SET a = 1 WHERE CURRENT OF c"),
          of(
              "select for update",
              DatabaseMetaData::supportsSelectForUpdate,
              "SELECT a FROM t FOR UPDATE"),
          of(
              "procedures",
              DatabaseMetaData::supportsStoredProcedures,
              "{call system.expire_snapshots('t')}"),
          of(
              "procedures in schemas",
              DatabaseMetaData::supportsSchemasInProcedureCalls,
              "CALL system.expire_snapshots('main.t')"),
          of(
              "functions by call",
              DatabaseMetaData::supportsStoredFunctionsUsingCallSyntax,
              "{? = call lower('A')}"),
          of(
              "sub-queries in comparisons",
              DatabaseMetaData::supportsSubqueriesInComparisons,
              "SELECT a FROM t WHERE a = (SELECT max(a) FROM u)"),
          of(
              "sub-queries in EXISTS",
              DatabaseMetaData::supportsSubqueriesInExists,
              "SELECT a FROM t WHERE EXISTS (SELECT 1 FROM u)"),
          of(
              "sub-queries in IN",
              DatabaseMetaData::supportsSubqueriesInIns,
              "SELECT a FROM t WHERE a IN (SELECT a FROM u)"),
          of(
              "sub-queries in ANY and ALL",
              DatabaseMetaData::supportsSubqueriesInQuantifieds,
              "SELECT a FROM t WHERE a > ALL (SELECT a FROM u) OR a < ANY (SELECT a FROM u)"),
          of(
              "correlated sub-queries",
              DatabaseMetaData::supportsCorrelatedSubqueries,
              "SELECT a FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.a = t.a)"),
          of("UNION", DatabaseMetaData::supportsUnion, "SELECT a FROM t UNION SELECT a FROM u"),
          of(
              "UNION ALL",
              DatabaseMetaData::supportsUnionAll,
              "SELECT a FROM t UNION ALL SELECT a FROM u"),
          of(
              "schemas in statements",
              DatabaseMetaData::supportsSchemasInDataManipulation,
              "SELECT main.t.a FROM main.t",
              "INSERT INTO main.t VALUES (9, 9, 'n')",
              "UPDATE main.t SET b = 8 WHERE a = 9",
              "DELETE FROM main.t WHERE a = 9"),
          of(
              "schemas in definitions",
              DatabaseMetaData::supportsSchemasInTableDefinitions,
              "CREATE TABLE main.sd (a integer)",
              "DROP TABLE main.sd"),
          of(
              "schemas in index definitions",
              DatabaseMetaData::supportsSchemasInIndexDefinitions,
              "CREATE INDEX i ON main.t (a)"),
          of(
              "schemas in privileges",
              DatabaseMetaData::supportsSchemasInPrivilegeDefinitions,
              "GRANT SELECT ON main.t TO PUBLIC"),
          of(
              "catalogs in statements",
              DatabaseMetaData::supportsCatalogsInDataManipulation,
              "SELECT a FROM frazil.main.t"),
          of(
              "catalogs in procedure calls",
              DatabaseMetaData::supportsCatalogsInProcedureCalls,
              "CALL frazil.system.expire_snapshots('t')"),
          of(
              "catalogs in definitions",
              DatabaseMetaData::supportsCatalogsInTableDefinitions,
              "CREATE TABLE frazil.main.cd (a integer)"),
          of(
              "catalogs in index definitions",
              DatabaseMetaData::supportsCatalogsInIndexDefinitions,
              "CREATE INDEX i ON frazil.main.t (a)"),
          of(
              "catalogs in privileges",
              DatabaseMetaData::supportsCatalogsInPrivilegeDefinitions,
              "GRANT SELECT ON frazil.main.t TO PUBLIC"));
}

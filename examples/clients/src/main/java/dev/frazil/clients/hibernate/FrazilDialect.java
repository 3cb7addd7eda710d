package dev.frazil.clients.hibernate;

import jakarta.persistence.TemporalType;
import java.sql.Types;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.model.FunctionContributions;
import org.hibernate.boot.model.TypeContributions;
import org.hibernate.boot.model.relational.Exportable;
import org.hibernate.boot.model.relational.SqlStringGenerationContext;
import org.hibernate.dialect.DatabaseVersion;
import org.hibernate.dialect.Dialect;
import org.hibernate.dialect.NullOrdering;
import org.hibernate.dialect.OracleDialect;
import org.hibernate.dialect.TimeZoneSupport;
import org.hibernate.dialect.lock.internal.NoLockingSupport;
import org.hibernate.dialect.lock.spi.LockingSupport;
import org.hibernate.dialect.pagination.LimitHandler;
import org.hibernate.dialect.pagination.OffsetFetchLimitHandler;
import org.hibernate.dialect.unique.CreateTableUniqueDelegate;
import org.hibernate.dialect.unique.UniqueDelegate;
import org.hibernate.engine.jdbc.dialect.spi.DialectResolutionInfo;
import org.hibernate.mapping.ForeignKey;
import org.hibernate.mapping.Index;
import org.hibernate.metamodel.mapping.EntityMappingType;
import org.hibernate.metamodel.spi.RuntimeModelCreationContext;
import org.hibernate.query.common.TemporalUnit;
import org.hibernate.query.sqm.IntervalType;
import org.hibernate.query.sqm.mutation.internal.inline.InlineMutationStrategy;
import org.hibernate.query.sqm.mutation.spi.SqmMultiTableMutationStrategy;
import org.hibernate.service.ServiceRegistry;
import org.hibernate.sql.ast.SqlAstTranslatorFactory;
import org.hibernate.sql.ast.spi.SqlAppender;
import org.hibernate.sql.ast.spi.StandardSqlAstTranslatorFactory;
import org.hibernate.tool.schema.spi.Exporter;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.jdbc.UUIDJdbcType;
import org.jspecify.annotations.Nullable;

/**
 * Frazil's SQL for Hibernate 7. What Frazil has not is left out of the schema ({@code FOREIGN KEY},
 * indexes) or refused by Hibernate (identity columns, sequences, row locks): ids are assigned or
 * UUIDs, and conflicts between transactions show at commit. Set as {@code hibernate.dialect}.
 */
public class FrazilDialect extends Dialect {
  private static final int MAX_DECIMAL_DIGITS = 38;
  private static final int MICROSECONDS = 6;

  /** Used by Hibernate when it has no connection. */
  public FrazilDialect() {
    super(DatabaseVersion.make(0, 1));
  }

  /** Used by Hibernate when it has one. */
  public FrazilDialect(DialectResolutionInfo info) {
    super(info);
  }

  @Override
  protected DatabaseVersion getMinimumSupportedVersion() {
    return DatabaseVersion.make(0, 1);
  }

  // ---- types

  @Override
  protected String columnType(int code) {
    return switch (code) {
      case SqlTypes.TINYINT, SqlTypes.SMALLINT, SqlTypes.INTEGER -> "integer";
      case SqlTypes.FLOAT, SqlTypes.DOUBLE -> "double";
      case SqlTypes.NUMERIC, SqlTypes.DECIMAL -> "decimal($p,$s)";
      case SqlTypes.CHAR,
          SqlTypes.VARCHAR,
          SqlTypes.NCHAR,
          SqlTypes.NVARCHAR,
          SqlTypes.CLOB,
          SqlTypes.NCLOB,
          SqlTypes.LONG32VARCHAR,
          SqlTypes.LONG32NVARCHAR ->
          "varchar";
      case SqlTypes.BINARY, SqlTypes.VARBINARY, SqlTypes.BLOB, SqlTypes.LONG32VARBINARY ->
          "varbinary";
      case SqlTypes.TIME, SqlTypes.TIME_WITH_TIMEZONE -> "time";
      case SqlTypes.TIMESTAMP -> "timestamp";
      case SqlTypes.TIMESTAMP_WITH_TIMEZONE, SqlTypes.TIMESTAMP_UTC -> "timestamp with time zone";
      case SqlTypes.UUID -> "uuid";
      default -> super.columnType(code);
    };
  }

  @Override
  protected String castType(int code) {
    return columnType(code);
  }

  @Override
  public void contributeTypes(TypeContributions contributions, ServiceRegistry services) {
    super.contributeTypes(contributions, services);
    contributions.contributeJdbcType(UUIDJdbcType.INSTANCE);
  }

  @Override
  protected void registerColumnTypes(TypeContributions contributions, ServiceRegistry services) {
    super.registerColumnTypes(contributions, services);
    contributions
        .getTypeConfiguration()
        .getDdlTypeRegistry()
        .addDescriptor(
            new org.hibernate.type.descriptor.sql.internal.DdlTypeImpl(
                SqlTypes.UUID, "uuid", this));
  }

  @Override
  public int getPreferredSqlTypeCodeForBoolean() {
    return Types.BOOLEAN;
  }

  @Override
  public void appendBooleanValueString(SqlAppender sql, boolean value) {
    sql.appendSql(value);
  }

  @Override
  public String toBooleanValueString(boolean value) {
    return String.valueOf(value);
  }

  @Override
  public int getDefaultDecimalPrecision() {
    return MAX_DECIMAL_DIGITS;
  }

  @Override
  public int getDefaultTimestampPrecision() {
    return MICROSECONDS;
  }

  @Override
  public TimeZoneSupport getTimeZoneSupport() {
    return TimeZoneSupport.NATIVE;
  }

  @Override
  public boolean supportsStandardArrays() {
    return true;
  }

  @Override
  public String getArrayTypeName(
      @Nullable String javaElement, String element, @Nullable Integer length) {
    return element + " array";
  }

  @Override
  public void appendUUIDLiteral(SqlAppender sql, java.util.@Nullable UUID value) {
    sql.appendSql("cast('" + value + "' as uuid)");
  }

  @Override
  public void appendBinaryLiteral(SqlAppender sql, byte[] bytes) {
    sql.appendSql("X'" + java.util.HexFormat.of().formatHex(bytes) + "'");
  }

  // ---- functions

  @Override
  public void initializeFunctionRegistry(FunctionContributions contributions) {
    super.initializeFunctionRegistry(contributions);
    FrazilFunctions.contribute(contributions);
  }

  /** Days of the week count from Sunday in HQL, from Monday in Frazil. */
  @Override
  public String extractPattern(TemporalUnit unit) {
    return unit == TemporalUnit.DAY_OF_WEEK
        ? "(extract(dow from ?2) % 7 + 1)"
        : super.extractPattern(unit);
  }

  @Override
  public String translateExtractField(TemporalUnit unit) {
    return switch (unit) {
      case DAY_OF_MONTH -> "day";
      case DAY_OF_YEAR -> "doy";
      case DAY_OF_WEEK -> "dow";
      default -> super.translateExtractField(unit);
    };
  }

  @Override
  @SuppressWarnings({"deprecation", "removal"}) // types of the method that is overridden
  public String timestampaddPattern(
      TemporalUnit unit, @Nullable TemporalType temporal, @Nullable IntervalType interval) {
    return switch (unit) {
      case NANOSECOND -> "date_add('microsecond',(?2)/1000,?3)";
      case NATIVE -> "date_add('microsecond',?2,?3)";
      default -> "date_add('?1',?2,?3)";
    };
  }

  @Override
  @SuppressWarnings("deprecation") // types of the method that is overridden
  public String timestampdiffPattern(
      TemporalUnit unit, @Nullable TemporalType from, @Nullable TemporalType to) {
    return switch (unit) {
      case NANOSECOND -> "(date_diff('microsecond',?2,?3)*1000)";
      case NATIVE -> "date_diff('microsecond',?2,?3)";
      default -> "date_diff('?1',?2,?3)";
    };
  }

  @Override
  public long getFractionalSecondPrecisionInNanos() {
    return 1_000; // microseconds
  }

  @Override
  public void appendDatetimeFormat(SqlAppender sql, String format) {
    sql.appendSql(OracleDialect.datetimeFormat(format, true, false).result());
  }

  // ---- queries

  @Override
  public LimitHandler getLimitHandler() {
    return OffsetFetchLimitHandler.INSTANCE;
  }

  @Override
  public NullOrdering getNullOrdering() {
    return NullOrdering.LAST;
  }

  @Override
  public boolean supportsWindowFunctions() {
    return true;
  }

  @Override
  public boolean supportsValuesList() {
    return true;
  }

  @Override
  public boolean supportsOffsetInSubquery() {
    return true;
  }

  @Override
  public LockingSupport getLockingSupport() {
    return NoLockingSupport.NO_LOCKING_SUPPORT;
  }

  /** No words for a lock: of two transactions that change a row, the second to commit is 40001. */
  @Override
  public String getForUpdateString() {
    return "";
  }

  @Override
  public SqlAstTranslatorFactory getSqlAstTranslatorFactory() {
    return new StandardSqlAstTranslatorFactory();
  }

  /** Rows of several tables are changed by one statement a table, with the ids in its text. */
  @Override
  public SqmMultiTableMutationStrategy getFallbackSqmMutationStrategy(
      EntityMappingType entity, RuntimeModelCreationContext context) {
    return new InlineMutationStrategy(this);
  }

  // ---- schema

  @Override
  public boolean supportsIfExistsBeforeTableName() {
    return true;
  }

  @Override
  public boolean dropConstraints() {
    return false;
  }

  @Override
  public boolean hasAlterTable() {
    return false;
  }

  @Override
  public boolean canCreateSchema() {
    return true;
  }

  @Override
  public UniqueDelegate getUniqueDelegate() {
    return new CreateTableUniqueDelegate(this);
  }

  @Override
  public Exporter<ForeignKey> getForeignKeyExporter() {
    return new NotExported<>();
  }

  @Override
  public Exporter<Index> getIndexExporter() {
    return new NotExported<>();
  }

  /** Of what Frazil's schemas do not have. */
  private static final class NotExported<T extends Exportable> implements Exporter<T> {
    @Override
    public String[] getSqlCreateStrings(
        T exportable, Metadata metadata, SqlStringGenerationContext context) {
      return new String[0];
    }

    @Override
    public String[] getSqlDropStrings(
        T exportable, Metadata metadata, SqlStringGenerationContext context) {
      return new String[0];
    }
  }
}

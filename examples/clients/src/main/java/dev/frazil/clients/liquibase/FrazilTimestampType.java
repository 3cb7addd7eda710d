package dev.frazil.clients.liquibase;

import liquibase.database.Database;
import liquibase.datatype.DataTypeInfo;
import liquibase.datatype.DatabaseDataType;
import liquibase.datatype.LiquibaseDataType;
import liquibase.datatype.core.DateTimeType;

/** {@code datetime}, as Liquibase calls it, is Frazil's {@code timestamp}. */
@DataTypeInfo(
    name = "datetime",
    aliases = {"java.sql.Types.DATETIME", "java.util.Date", "smalldatetime", "datetime2"},
    minParameters = 0,
    maxParameters = 1,
    priority = LiquibaseDataType.PRIORITY_DATABASE)
public class FrazilTimestampType extends DateTimeType {
  @Override
  public boolean supports(Database database) {
    return database instanceof FrazilDatabase;
  }

  @Override
  public DatabaseDataType toDatabaseDataType(Database database) {
    return new DatabaseDataType("timestamp");
  }
}

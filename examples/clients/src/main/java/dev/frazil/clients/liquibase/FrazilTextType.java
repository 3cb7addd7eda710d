package dev.frazil.clients.liquibase;

import liquibase.database.Database;
import liquibase.datatype.DataTypeInfo;
import liquibase.datatype.DatabaseDataType;
import liquibase.datatype.LiquibaseDataType;
import liquibase.datatype.core.ClobType;

/** {@code clob} is a {@code varchar}, which has no length in Frazil. */
@DataTypeInfo(
    name = "clob",
    aliases = {"longvarchar", "text", "longtext", "nclob", "java.sql.Types.CLOB"},
    minParameters = 0,
    maxParameters = 0,
    priority = LiquibaseDataType.PRIORITY_DATABASE)
public class FrazilTextType extends ClobType {
  @Override
  public boolean supports(Database database) {
    return database instanceof FrazilDatabase;
  }

  @Override
  public DatabaseDataType toDatabaseDataType(Database database) {
    return new DatabaseDataType("varchar");
  }
}

package dev.frazil.clients.liquibase;

import liquibase.database.Database;
import liquibase.datatype.DataTypeInfo;
import liquibase.datatype.DatabaseDataType;
import liquibase.datatype.LiquibaseDataType;
import liquibase.datatype.core.BlobType;

/** {@code blob} is a {@code varbinary}. */
@DataTypeInfo(
    name = "blob",
    aliases = {"longblob", "longvarbinary", "varbinary", "binary", "java.sql.Types.BLOB"},
    minParameters = 0,
    maxParameters = 0,
    priority = LiquibaseDataType.PRIORITY_DATABASE)
public class FrazilBytesType extends BlobType {
  @Override
  public boolean supports(Database database) {
    return database instanceof FrazilDatabase;
  }

  @Override
  public DatabaseDataType toDatabaseDataType(Database database) {
    return new DatabaseDataType("varbinary");
  }
}

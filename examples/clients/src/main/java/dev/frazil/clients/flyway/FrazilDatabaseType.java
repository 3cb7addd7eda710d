package dev.frazil.clients.flyway;

import java.sql.Connection;
import java.sql.Types;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.database.base.BaseDatabaseType;
import org.flywaydb.core.internal.database.base.CommunityDatabaseType;
import org.flywaydb.core.internal.jdbc.JdbcConnectionFactory;
import org.flywaydb.core.internal.jdbc.StatementInterceptor;
import org.flywaydb.core.internal.parser.Parser;
import org.flywaydb.core.internal.parser.ParsingContext;

/**
 * Frazil for Flyway 11: found by the service loader of {@code
 * org.flywaydb.core.extensibility.Plugin} for every URL of {@code jdbc:iceberg:}.
 */
public final class FrazilDatabaseType extends BaseDatabaseType implements CommunityDatabaseType {
  private static final int TOKENS_TO_PEEK_AT = 3;

  @Override
  public String getName() {
    return "Frazil";
  }

  @Override
  public int getNullType() {
    return Types.NULL;
  }

  @Override
  public boolean handlesJDBCUrl(String url) {
    return url.startsWith("jdbc:iceberg:");
  }

  @Override
  public String getDriverClass(String url, ClassLoader loader) {
    return "dev.frazil.jdbc.FrazilDriver";
  }

  @Override
  public boolean handlesDatabaseProductNameAndVersion(
      String productName, String productVersion, Connection connection) {
    return productName.startsWith("Frazil"); // Flyway puts the version behind it
  }

  @Override
  public FlywayDatabase createDatabase(
      Configuration configuration,
      JdbcConnectionFactory connections,
      StatementInterceptor interceptor) {
    return new FlywayDatabase(configuration, connections, interceptor);
  }

  @Override
  public Parser createParser(
      Configuration configuration, ResourceProvider resources, ParsingContext context) {
    return new Parser(configuration, context, TOKENS_TO_PEEK_AT) {};
  }
}

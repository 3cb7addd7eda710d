package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.config.Warehouse;
import java.sql.SQLException;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** URLs of catalogs that services of AWS keep. */
class AwsCatalogUrlTest {
  private static Warehouse warehouse(String url) throws SQLException {
    return JdbcUrl.parse(url, new Properties()).config().warehouse();
  }

  @Test
  void glue() throws SQLException {
    Warehouse files = new Warehouse.S3Prefix("bucket", "w");
    assertThat(warehouse("jdbc:iceberg:glue:?warehouse=s3://bucket/w"))
        .isEqualTo(new Warehouse.GlueCatalog("", files));
    assertThat(warehouse("jdbc:iceberg:glue:123456789012?warehouse=s3://bucket/w"))
        .isEqualTo(new Warehouse.GlueCatalog("123456789012", files));
    for (String wrong : new String[] {"glue:", "glue:db?warehouse=/w", "glue:?warehouse=glue:"}) {
      assertThatThrownBy(() -> warehouse("jdbc:iceberg:" + wrong))
          .as(wrong)
          .isInstanceOf(SQLException.class);
    }
  }

  @Test
  void tablesOfDynamoDb() throws SQLException {
    assertThat(warehouse("jdbc:iceberg:dynamodb:my.catalog_1?warehouse=s3://bucket/w"))
        .isEqualTo(
            new Warehouse.DynamoDbCatalog("my.catalog_1", new Warehouse.S3Prefix("bucket", "w")));
    for (String wrong :
        new String[] {
          "dynamodb:catalog", // no place for files
          "dynamodb:?warehouse=/w",
          "dynamodb:ab?warehouse=/w",
          "dynamodb:a/b/c?warehouse=/w",
          "dynamodb:catalog?warehouse=hadoop:/w",
          "dynamodb:catalog?warehouse=dynamodb:catalog"
        }) {
      assertThatThrownBy(() -> warehouse("jdbc:iceberg:" + wrong))
          .as(wrong)
          .isInstanceOf(SQLException.class);
    }
  }
}

package dev.frazil.catalog.aws;

import dev.frazil.catalog.PointerStore;
import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Secret;
import dev.frazil.config.Warehouse;
import dev.frazil.storage.AwsJsonService;
import dev.frazil.storage.Ids;
import dev.frazil.storage.TimeSource;
import dev.frazil.testing.JsonServiceServer;
import java.util.Map;

/** Catalogs in DynamoDB Local, or in the fake of Glue, for tests. */
public final class DynamoDbCatalogs {
  private DynamoDbCatalogs() {}

  /** The catalog in a table, asked by way of a server that may let requests go wrong. */
  public static DynamoDbPointers open(JsonServiceServer server, String table) {
    return new DynamoDbPointers(
        service(server, AwsJsonService.Protocol.DYNAMO_DB),
        table,
        TimeSource.system(),
        Ids.system());
  }

  /** The catalog in a server that speaks as Glue does. */
  public static PointerStore glue(JsonServiceServer server) {
    return new GluePointers(service(server, AwsJsonService.Protocol.GLUE), null);
  }

  static AwsJsonService service(JsonServiceServer server, AwsJsonService.Protocol protocol) {
    return new AwsJsonService(
        config(new Warehouse.LocalFolder("/nowhere"), server.endpoint()),
        protocol,
        server.endpoint(),
        TimeSource.system(),
        Ids.system());
  }

  /** A connection to a warehouse whose catalog answers at the endpoint. */
  public static ConnectionConfig config(Warehouse warehouse, String endpoint) {
    return new ConnectionConfig(
        warehouse,
        Map.of(
            ConnectionProperty.CATALOG_ENDPOINT,
            endpoint,
            ConnectionProperty.REGION,
            JsonServiceServer.REGION,
            ConnectionProperty.ACCESS_KEY_ID,
            JsonServiceServer.ACCESS_KEY),
        Map.of(ConnectionProperty.SECRET_ACCESS_KEY, new Secret(JsonServiceServer.SECRET_KEY)));
  }
}

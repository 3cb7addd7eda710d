package dev.frazil.txn;

import dev.frazil.testing.DynamoDbLocal;
import dev.frazil.testing.FakeGlue;
import dev.frazil.testing.JsonServiceServer;
import dev.frazil.testing.RestCatalogServer;
import java.nio.file.Path;

/**
 * A catalog elsewhere that several processes write.
 *
 * @param place for {@link WriterPlaces}
 */
record WriterServer(String place, Runnable stop) implements AutoCloseable {
  static WriterServer start(String kind, Path folder) {
    return switch (kind) {
      case "jdbc" ->
          new WriterServer(place(kind, folder.resolve("c.db").toString(), folder), () -> {});
      case "dynamodb" -> of(kind, DynamoDbLocal.shared().proxy(), folder);
      case "glue" -> of(kind, new FakeGlue().serve(), folder);
      case "rest" -> {
        RestCatalogServer server = RestCatalogServer.start(folder.toString());
        yield new WriterServer(place(kind, server.uri(), folder), server::close);
      }
      default -> throw new AssertionError(kind);
    };
  }

  private static WriterServer of(String kind, JsonServiceServer server, Path folder) {
    return new WriterServer(place(kind, server.endpoint(), folder), server::close);
  }

  private static String place(String kind, String address, Path folder) {
    return WriterPlaces.of(kind, address, folder.toString());
  }

  /** Whether a process can be stopped where it likes; else only when it happens. */
  boolean hasPoints() {
    return !place.startsWith("rest");
  }

  @Override
  public void close() {
    stop.run();
  }
}

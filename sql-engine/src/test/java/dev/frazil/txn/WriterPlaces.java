package dev.frazil.txn;

import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.catalog.Databases;
import dev.frazil.catalog.PointerChange;
import dev.frazil.catalog.PointerStore;
import dev.frazil.catalog.PointerView;
import dev.frazil.catalog.SwapOutcome;
import dev.frazil.catalog.aws.DynamoDbCatalogs;
import dev.frazil.catalog.aws.DynamoDbPointers;
import dev.frazil.catalog.aws.GluePointers;
import dev.frazil.catalog.rest.RestOpener;
import dev.frazil.catalog.sql.SqlPointerStore;
import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Warehouse;
import dev.frazil.storage.Ids;
import dev.frazil.storage.ObjectStore;
import dev.frazil.storage.TimeSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * Where several processes write: a folder, or {@code kind|address|folder} of a catalog elsewhere.
 */
final class WriterPlaces {
  /** Names of the points around a swap. */
  static final String BEFORE_SWAP = "BEFORE_SWAP";

  static final String AFTER_SWAP = "AFTER_SWAP";

  private WriterPlaces() {}

  static String of(String kind, String address, String folder) {
    return kind + '|' + address + '|' + folder;
  }

  /**
   * @param passed told the name of each point around a swap of a catalog elsewhere
   */
  static DatabaseCatalog open(
      ObjectStore store, String place, long patienceMillis, Consumer<String> passed) {
    String[] parts = place.split("\\|", -1);
    if (parts.length == 1) {
      return Databases.open(store, place, patienceMillis);
    }
    String address = parts[1];
    String folder = parts[2];
    Warehouse.LocalFolder files = new Warehouse.LocalFolder(folder);
    return switch (parts[0]) {
      case "hadoop" -> Databases.openHadoop(store, folder, patienceMillis);
      case "rest" ->
          RestOpener.open(
              new ConnectionConfig(
                  new Warehouse.RestCatalog(address),
                  Map.of(
                      ConnectionProperty.WAREHOUSE,
                      "w",
                      ConnectionProperty.TABLE_LOCATIONS,
                      folder),
                  Map.of()),
              new Warehouse.RestCatalog(address),
              TimeSource.system(),
              Ids.system(),
              patienceMillis,
              Set.of());
      case "jdbc" -> {
        Warehouse.JdbcCatalog catalog = new Warehouse.JdbcCatalog("jdbc:sqlite:" + address, files);
        PointerStore pointers = SqlPointerStore.open(ConnectionConfig.of(catalog), catalog);
        yield Databases.open(new Watched(pointers, passed), store, folder, patienceMillis);
      }
      case "dynamodb" ->
          Databases.open(
              new Watched(
                  DynamoDbPointers.open(
                      DynamoDbCatalogs.config(files, address),
                      "writers-" + Integer.toHexString(folder.hashCode()),
                      TimeSource.system(),
                      Ids.system()),
                  passed),
              store,
              folder,
              patienceMillis);
      case "glue" ->
          Databases.open(
              new Watched(
                  GluePointers.open(
                      DynamoDbCatalogs.config(files, address),
                      null,
                      TimeSource.system(),
                      Ids.system()),
                  passed),
              store,
              folder,
              patienceMillis);
      default -> throw new AssertionError(place);
    };
  }

  /** Says when it is about to swap, and when it has. */
  private record Watched(PointerStore server, Consumer<String> passed) implements PointerStore {
    @Override
    public SwapOutcome swap(List<PointerChange> changes) {
      passed.accept(BEFORE_SWAP);
      SwapOutcome outcome = server.swap(changes);
      passed.accept(AFTER_SWAP);
      return outcome;
    }

    @Override
    public String description() {
      return server.description();
    }

    @Override
    public PointerView view() {
      return server.view();
    }

    @Override
    public int changesTogether() {
      return server.changesTogether();
    }

    @Override
    public boolean renames() {
      return server.renames();
    }

    @Override
    public boolean holdsViews() {
      return server.holdsViews();
    }

    @Override
    public void tellMetadata(Function<String, TableMetadata> files) {
      server.tellMetadata(files);
    }

    @Override
    public void requireName(TableIdentifier identifier) {
      server.requireName(identifier);
    }

    @Override
    public void prepareWrite() {
      server.prepareWrite();
    }

    @Override
    public void close() {
      server.close();
    }
  }
}

package dev.frazil.storage;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.Warehouse;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileObjectStoreContractTest extends ObjectStoreContract {
  @TempDir Path folder;

  @Override
  ObjectStore openStore() {
    return StoreFactory.open(ConnectionConfig.of(new Warehouse.LocalFolder(root())));
  }

  @Override
  String root() {
    return folder.resolve("warehouse").toString();
  }

  /** A folder is not listed page by page, and each file of it is forced to the disk. */
  @Override
  int pagedObjects() {
    return 300;
  }
}

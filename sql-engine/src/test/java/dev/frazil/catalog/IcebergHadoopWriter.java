package dev.frazil.catalog;

import dev.frazil.storage.ObjectStore;
import dev.frazil.testing.TableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

/**
 * A writer that commits as Iceberg's own Hadoop table operations do on a local disk, which need
 * Hadoop: write a file of no version, look whether the next version exists, rename, which replaces
 * what came between. Two of these lose commits of each other, so a test has one of them.
 */
public final class IcebergHadoopWriter {
  private final Path metadataFolder;
  private final Operations operations;
  private final ObjectStore store;
  private Runnable beforeRename = () -> {};

  public IcebergHadoopWriter(ObjectStore store, Path table) {
    this.store = store;
    this.metadataFolder = table.resolve("metadata");
    this.operations = new Operations();
  }

  /** Runs between the look at the next version and the rename. */
  public IcebergHadoopWriter beforeRename(Runnable action) {
    beforeRename = action;
    return this;
  }

  /** Appends a data file of one value, with Iceberg's retries. */
  public void append(long value) {
    operations.refresh();
    BaseTable table = new BaseTable(operations, "t");
    DataFile file = TableFiles.write(store, table, value, "iceberg-" + value);
    table.newAppend().appendFile(file).commit();
  }

  private final class Operations implements TableOperations {
    private final FileIO io = new MetadataFileIO(store, 1 << 20);
    private TableMetadata current;
    private int version;

    @Override
    public TableMetadata current() {
      return current;
    }

    @Override
    public TableMetadata refresh() {
      int newest = version;
      while (Files.exists(version(newest + 1))) {
        newest++;
      }
      version = newest;
      try {
        Path file = version(newest);
        current =
            TableMetadataParser.fromJson(
                file.toString(), Files.readString(file, StandardCharsets.UTF_8));
        return current;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private Path version(int number) {
      return metadataFolder.resolve("v" + number + ".metadata.json");
    }

    @Override
    public void commit(TableMetadata base, TableMetadata metadata) {
      if (base != current) {
        throw new CommitFailedException("stale");
      }
      Path temporary = metadataFolder.resolve(UUID.randomUUID() + ".metadata.json");
      Path target = version(version + 1);
      try {
        Files.writeString(temporary, TableMetadataParser.toJson(metadata));
        if (Files.exists(target)) {
          Files.delete(temporary);
          throw new CommitFailedException("%s exists", target);
        }
        beforeRename.run();
        Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
        Path hint = metadataFolder.resolve(UUID.randomUUID() + "-version-hint.temp");
        Files.writeString(hint, Integer.toString(version + 1));
        Files.move(
            hint, metadataFolder.resolve("version-hint.text"), StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public FileIO io() {
      return io;
    }

    @Override
    public String metadataFileLocation(String fileName) {
      return metadataFolder.resolve(fileName).toString();
    }

    @Override
    public LocationProvider locationProvider() {
      return TableLocations.provider(current);
    }
  }
}

package dev.frazil.storage;

import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;

/**
 * One object to write. Iceberg names every file anew, so that {@code create} need not look first.
 */
final class StoreOutputFile implements OutputFile {
  private final ObjectStore store;
  private final String location;

  StoreOutputFile(ObjectStore store, String location) {
    this.store = store;
    this.location = location;
  }

  @Override
  public PositionOutputStream create() {
    return createOrOverwrite();
  }

  @Override
  public PositionOutputStream createOrOverwrite() {
    return new UploadPosition(store.create(location));
  }

  @Override
  public String location() {
    return location;
  }

  @Override
  public InputFile toInputFile() {
    return new StoreInputFile(store, location, StoreInputFile.UNKNOWN_LENGTH);
  }

  @Override
  public String toString() {
    return location;
  }

  /** The position is what Iceberg records as the length, also after close. */
  private static final class UploadPosition extends PositionOutputStream {
    private final ObjectStore.UploadStream upload;

    UploadPosition(ObjectStore.UploadStream upload) {
      this.upload = upload;
    }

    @Override
    public long getPos() {
      return upload.position();
    }

    @Override
    public void write(int b) throws java.io.IOException {
      upload.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws java.io.IOException {
      upload.write(bytes, offset, length);
    }

    @Override
    public void close() throws java.io.IOException {
      upload.close();
    }
  }
}

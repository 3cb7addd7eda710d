package dev.frazil.testing;

import dev.frazil.storage.ObjectStore;
import java.io.IOException;

/** A stream that may fail on close, before or after it became an object. */
final class FaultyUpload extends ObjectStore.UploadStream {
  private final FaultyObjectStore store;
  private final String location;
  private final ObjectStore.UploadStream upload;
  private boolean finished;

  FaultyUpload(FaultyObjectStore store, String location, ObjectStore.UploadStream upload) {
    this.store = store;
    this.location = location;
    this.upload = upload;
  }

  @Override
  public long position() {
    return upload.position();
  }

  @Override
  public void write(int b) throws IOException {
    upload.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    upload.write(bytes, offset, length);
  }

  @Override
  public void close() throws IOException {
    if (finished) {
      return;
    }
    finished = true;
    store.enter(FaultyObjectStore.Point.BEFORE_CREATE_CLOSE, location);
    boolean fails = store.chance(true);
    if (fails && store.flip()) {
      upload.abort();
      throw FaultyObjectStore.unreachable("write", location);
    }
    upload.close();
    store.at(FaultyObjectStore.Point.AFTER_CREATE_CLOSE, location);
    if (fails) {
      throw FaultyObjectStore.unreachable("write", location);
    }
  }

  @Override
  public void abort() {
    finished = true;
    upload.abort();
  }
}

package dev.frazil.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Streams into a temporary file that gets its name on close. Not thread-safe. */
final class FileUpload extends ObjectStore.UploadStream {
  private static final int BUFFER_BYTES = 1 << 16;

  private final FileObjectStore store;
  private final RequestCounter counter;
  private final TemporaryFile temporary;
  private final Path target;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
  private long position;
  private boolean finished;

  FileUpload(FileObjectStore store, RequestCounter counter, TemporaryFile temporary, Path target) {
    this.store = store;
    this.counter = counter;
    this.temporary = temporary;
    this.target = target;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public void write(int b) {
    if (!buffer.hasRemaining()) {
      drain();
    }
    buffer.put((byte) b);
    position++;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (length > buffer.remaining()) {
      drain();
    }
    if (length >= BUFFER_BYTES) {
      writeThrough(ByteBuffer.wrap(bytes, offset, length));
    } else {
      buffer.put(bytes, offset, length);
    }
    position += length;
  }

  private void drain() {
    buffer.flip();
    writeThrough(buffer);
    buffer.clear();
  }

  private void writeThrough(ByteBuffer bytes) {
    try {
      temporary.write(bytes);
    } catch (IOException e) {
      abort();
      throw FileFailures.of(e, "write", target.toString());
    }
  }

  @Override
  public void close() {
    if (finished) {
      return;
    }
    drain();
    finished = true;
    store.publish(temporary, target);
    counter.countWritten(position);
  }

  @Override
  public void abort() {
    if (finished) {
      return;
    }
    finished = true;
    temporary.close();
  }
}

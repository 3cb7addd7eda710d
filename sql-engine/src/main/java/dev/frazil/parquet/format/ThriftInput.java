package dev.frazil.parquet.format;

import dev.frazil.parquet.encoding.MalformedDataException;
import shaded.parquet.org.apache.thrift.TBase;
import shaded.parquet.org.apache.thrift.TConfiguration;
import shaded.parquet.org.apache.thrift.TException;
import shaded.parquet.org.apache.thrift.protocol.TCompactProtocol;
import shaded.parquet.org.apache.thrift.transport.TTransport;
import shaded.parquet.org.apache.thrift.transport.TTransportException;

/**
 * Reads the format's Thrift structures from memory. No announced length can make it allocate more
 * than the bytes that are there. Not thread-safe.
 */
public final class ThriftInput {
  private final ArrayTransport transport;

  public ThriftInput(Slice bytes) {
    transport = new ArrayTransport(bytes);
  }

  /** Fills {@code structure} from the next bytes. */
  public <T extends TBase<?, ?>> T read(T structure) {
    int available = transport.getBytesRemainingInBuffer();
    try {
      // Every element takes a byte at least, so no container can be longer than the input.
      structure.read(new TCompactProtocol(transport, available, available));
      return structure;
    } catch (TException | RuntimeException | StackOverflowError e) {
      throw new MalformedDataException(
          "unreadable " + structure.getClass().getSimpleName() + " (" + e.getMessage() + ")", e);
    }
  }

  /** Bytes read so far. */
  public int consumedBytes() {
    return transport.consumed();
  }

  private static final class ArrayTransport extends TTransport {
    private final Slice bytes;
    private int position;

    ArrayTransport(Slice bytes) {
      this.bytes = bytes;
      this.position = bytes.offset();
    }

    int consumed() {
      return position - bytes.offset();
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void open() {}

    @Override
    public void close() {}

    @Override
    public int read(byte[] target, int offset, int length) throws TTransportException {
      checkReadBytesAvailable(length);
      System.arraycopy(bytes.data(), position, target, offset, length);
      position += length;
      return length;
    }

    @Override
    public void write(byte[] source, int offset, int length) throws TTransportException {
      throw new TTransportException("input only");
    }

    @Override
    public byte[] getBuffer() {
      return bytes.data();
    }

    @Override
    public int getBufferPosition() {
      return position;
    }

    @Override
    public int getBytesRemainingInBuffer() {
      return bytes.end() - position;
    }

    @Override
    public void consumeBuffer(int length) {
      position += length;
    }

    @Override
    public TConfiguration getConfiguration() {
      return TConfiguration.DEFAULT;
    }

    @Override
    public void updateKnownMessageSize(long size) {}

    @Override
    public void checkReadBytesAvailable(long length) throws TTransportException {
      if (length < 0 || length > bytes.end() - position) {
        throw new TTransportException(TTransportException.END_OF_FILE, "structure ends early");
      }
    }
  }
}

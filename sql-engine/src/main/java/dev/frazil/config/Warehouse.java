package dev.frazil.config;

/** Where a database lives, as the URL names it. */
public sealed interface Warehouse {

  /** The location prefix of every object of the database, without a trailing slash. */
  String location();

  /** {@code jdbc:iceberg:/folder}: absolute, normalised. */
  record LocalFolder(String path) implements Warehouse {
    @Override
    public String location() {
      return path;
    }
  }

  /** {@code jdbc:iceberg:s3://bucket/prefix}. The prefix may be empty. */
  record S3Prefix(String bucket, String prefix) implements Warehouse {
    @Override
    public String location() {
      return prefix.isEmpty() ? "s3://" + bucket : "s3://" + bucket + "/" + prefix;
    }
  }

  /** {@code jdbc:iceberg:hadoop:/folder}: the layout of Iceberg's Hadoop catalog. */
  record HadoopFolder(String path) implements Warehouse {
    @Override
    public String location() {
      return path;
    }
  }
}

package dev.frazil.config;

/** Where a database lives, as the URL names it. */
public sealed interface Warehouse {

  /** The location prefix of every object of the database, without a trailing slash. */
  String location();

  /** Where the files stand: a folder or a bucket, the warehouse itself where it is one. */
  default Warehouse files() {
    return this;
  }

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

  /**
   * {@code jdbc:iceberg:jdbc:<url>?warehouse=<location>}: the tables of Iceberg's JDBC catalog.
   *
   * @param url of the database server, without parameters
   * @param files where new tables stand
   */
  record JdbcCatalog(String url, Warehouse files) implements Warehouse {
    @Override
    public String location() {
      return files.location();
    }
  }
}

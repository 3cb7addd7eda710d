package dev.frazil.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a database lives, as the URL names it. */
public sealed interface Warehouse {

  /** The location prefix of every object of the database, without a trailing slash. */
  String location();

  /** Where the files stand: a folder or a bucket, the warehouse itself where it is one. */
  default Warehouse files() {
    return this;
  }

  /** The prefixes that a connection may touch by itself; a catalog's server names others. */
  default List<String> ownLocations() {
    return List.of(location());
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
   * {@code jdbc:iceberg:table:<place>}: one table without a catalog, which is only read.
   *
   * @param files the table's folder
   * @param metadataFile the location of one of its metadata files; null for the newest
   */
  record SingleTable(Warehouse files, @Nullable String metadataFile) implements Warehouse {
    @Override
    public String location() {
      return files.location();
    }

    /** The name of the table: that of its folder. */
    public String name() {
      return location().substring(location().lastIndexOf('/') + 1);
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

  /**
   * {@code jdbc:iceberg:rest:https://host/path}: a server of Iceberg's REST catalog API.
   *
   * @param uri absolute, without user, query and fragment, and without a trailing slash
   */
  record RestCatalog(String uri) implements Warehouse {
    @Override
    public String location() {
      return uri;
    }

    @Override
    public List<String> ownLocations() {
      return List.of();
    }
  }

  /**
   * {@code jdbc:iceberg:dynamodb:<table>?warehouse=<location>}: the tables of Iceberg's DynamoDB
   * catalog.
   *
   * @param table of DynamoDB
   * @param files where new tables stand
   */
  record DynamoDbCatalog(String table, Warehouse files) implements Warehouse {
    @Override
    public String location() {
      return files.location();
    }
  }

  /**
   * {@code jdbc:iceberg:glue:[<account>]?warehouse=<location>}: the tables of Iceberg in the Data
   * Catalog of AWS Glue.
   *
   * @param catalogId the account whose catalog it is, 12 digits; empty for that of the credentials
   * @param files where new tables stand
   */
  record GlueCatalog(String catalogId, Warehouse files) implements Warehouse {
    @Override
    public String location() {
      return files.location();
    }
  }
}

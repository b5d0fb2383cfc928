// SPDX-License-Identifier: Apache-2.0
package aqueduct.correction;

import java.util.function.Supplier;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * Settings of Spark -> a context, started by the first that asks: a run that finds nothing to do
 * never does.
 */
final class LazySpark implements Supplier<JavaSparkContext>, AutoCloseable {
  private final SparkConf conf;
  private @Nullable JavaSparkContext started;

  LazySpark(SparkConf conf) {
    this.conf = conf;
  }

  @Override
  public synchronized JavaSparkContext get() {
    JavaSparkContext spark = started;
    if (spark == null) {
      spark = new JavaSparkContext(conf);
      started = spark;
    }
    return spark;
  }

  @Override
  public synchronized void close() {
    if (started != null) {
      started.close();
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package aqueduct.scaler;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** Streams named on the command line -> kept at their right size, until the process is stopped. */
public final class ScalerApplication {
  private static final Logger log = LoggerFactory.getLogger(ScalerApplication.class);
  private static final long MINUTE = 60_000;

  private ScalerApplication() {}

  /** Exits with 2 for wrong arguments. */
  public static void main(String[] args) throws InterruptedException {
    if (args.length == 0) {
      System.err.println("usage: STREAM=FEWEST..MOST ..., such as raw-logs=1..16");
      System.exit(2);
    }
    List<StreamScaler> scalers = new ArrayList<>();
    KinesisClient kinesis = KinesisClient.create();
    LoadMeter meter = new CloudWatchMeter(CloudWatchClient.create());
    for (String arg : args) scalers.add(scaler(arg, kinesis, meter));
    while (true) {
      scalers.forEach(ScalerApplication::look);
      Thread.sleep(MINUTE);
    }
  }

  private static StreamScaler scaler(String arg, KinesisClient kinesis, LoadMeter meter) {
    String[] parts = arg.split("=|\\.\\.", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException(arg + " is not STREAM=FEWEST..MOST");
    }
    ScalerSettings settings =
        ScalerSettings.defaults(Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    return new StreamScaler(kinesis, parts[0], settings, meter, Clock.systemUTC());
  }

  /** AWS not answering is no reason to end: the next minute comes. */
  private static void look(StreamScaler scaler) {
    try {
      scaler.look();
    } catch (SdkException e) {
      log.warn("Could not look at a stream, will again in a minute: {}", e.getMessage());
    }
  }
}

// SPDX-License-Identifier: Apache-2.0
package aqueduct.servers.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aqueduct.servers.SdkClients;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

class DynamoDbServerTest {
  @TempDir Path data;

  @Test
  void a_condition_holds_over_a_restart() throws Exception {
    try (DynamoDbServer server = DynamoDbServer.start(data, 0);
        DynamoDbClient dynamoDb = SdkClients.dynamoDb(server.endpoint())) {
      dynamoDb.createTable(
          b ->
              b.tableName("ledger")
                  .billingMode(BillingMode.PAY_PER_REQUEST)
                  .keySchema(k -> k.attributeName("id").keyType(KeyType.HASH))
                  .attributeDefinitions(
                      a -> a.attributeName("id").attributeType(ScalarAttributeType.S)));
      claim(dynamoDb);
      assertThatThrownBy(() -> claim(dynamoDb)).isInstanceOf(ConditionalCheckFailedException.class);
    }
    try (DynamoDbServer server = DynamoDbServer.start(data, 0);
        DynamoDbClient dynamoDb = SdkClients.dynamoDb(server.endpoint())) {
      assertThatThrownBy(() -> claim(dynamoDb)).isInstanceOf(ConditionalCheckFailedException.class);
      assertThat(dynamoDb.listTables().tableNames()).containsExactly("ledger");
    }
  }

  private static void claim(DynamoDbClient dynamoDb) {
    dynamoDb.putItem(
        b ->
            b.tableName("ledger")
                .item(Map.of("id", AttributeValue.fromS("file")))
                .conditionExpression("attribute_not_exists(id)"));
  }
}

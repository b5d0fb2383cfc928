// SPDX-License-Identifier: Apache-2.0
package aqueduct.count;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of count-fn.
 *
 * @param jdbcUrl the metric store in PostgreSQL
 * @param user its user
 * @param password its password
 */
@Validated
@ConfigurationProperties("aqueduct.count")
public record CountProperties(
    @DefaultValue("jdbc:postgresql://127.0.0.1:5432/aqueduct") @NotBlank String jdbcUrl,
    @DefaultValue("aqueduct") String user,
    @DefaultValue("") String password) {

  /** Without the password. */
  @Override
  public String toString() {
    return "aqueduct.count into " + jdbcUrl.replaceAll("[?].*", "");
  }
}

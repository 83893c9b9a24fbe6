package dev.pilot.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretNamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GITHUB_TOKEN",
                "GITHUB_TOKEN_READ_ONLY",
                "PILOT_ADMIN_TOKEN",
                "DB_PASSWORD",
                "DBPASSWORD",
                "DB_PASS",
                "MYSQL_PWD",
                "OPENAI_API_KEY",
                "OPENAI_APIKEY",
                "AWS_SECRET_ACCESS_KEY",
                "STRIPE_KEYS",
                "NPM_AUTH",
                "GITHUB_PAT",
                "tls.password",
                "admin.token",
                "client-secret"
            })
    void theseAreSecrets(String name) {
        assertThat(SecretNames.isSecret(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PATH",
                "PWD",
                "OLDPWD",
                "KEYBOARD",
                "TOKEN_FILE",
                "PILOT_TOKEN_WAIT",
                "SSH_AUTH_SOCK",
                "GIT_AUTHOR_NAME",
                "AWS_ACCESS_KEY_ID",
                "AUTH_PROVIDER",
                "KEY_TYPE",
                "COMPASS",
                "_",
                ""
            })
    void theseAreNone(String name) {
        assertThat(SecretNames.isSecret(name)).isFalse();
    }
}

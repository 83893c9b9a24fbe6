package dev.pilot.vcs.git;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RemoteUrlTest {
    @Test
    void theShownTextHoldsNoCredential() {
        RemoteUrl url = RemoteUrl.parse("https://user:pass@example.org:8443/owner/repo.git?token=secret");
        assertThat(url).hasToString("https://example.org:8443/owner/repo.git");
        assertThat(url.holdsCredential()).isTrue();
        assertThat(url.redact("https://user:pass@example.org:8443/owner/repo.git?token=secret: 401 for user, pass"))
                .doesNotContain("user", "pass", "secret");
    }

    @Test
    void aTokenAsUserNameIsACredential() {
        RemoteUrl url = RemoteUrl.parse("https://ghp_abc@example.org/repo");
        assertThat(url).hasToString("https://example.org/repo");
        assertThat(url.redact("https://ghp_abc@example.org/repo: not authorized"))
                .doesNotContain("ghp_abc");
    }

    @Test
    void aPathIsTakenAsItIs() {
        assertThat(RemoteUrl.parse("/srv/some repos/a%20b:c.git").uri().getPath())
                .isEqualTo("/srv/some repos/a%20b:c.git");
    }

    @Test
    void aFileUrlIsDecoded() {
        assertThat(RemoteUrl.parse("file:///srv/some%20repo").uri().getPath()).isEqualTo("/srv/some repo");
    }
}

package dev.pilot.vcs.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.repo.VcsProvider;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class GitVcsProviderTest {
    @Test
    void isFoundOnTheClassPath() {
        assertThat(ServiceLoader.load(VcsProvider.class))
                .singleElement()
                .extracting(VcsProvider::create)
                .isInstanceOf(GitVcsSync.class);
    }
}

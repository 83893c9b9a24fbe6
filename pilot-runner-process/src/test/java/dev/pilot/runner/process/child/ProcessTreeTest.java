package dev.pilot.runner.process.child;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.testkit.run.LiveProcesses;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
class ProcessTreeTest {
    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aChildAndItsChildrenAreEndedWithAndWithoutProc(boolean portable) throws Exception {
        ProcessTable table = portable ? new PortableProcessTable() : ProcessTable.ofThisMachine();
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", "sh -c 'echo $$ > inner; exec sleep 1000' & wait");
        Process child = builder.directory(home.toFile()).start();
        long inner = LiveProcesses.pid(home.resolve("inner"));
        ProcessTree tree = new ProcessTree(table, Cookie.bake("test"), table.find(child.pid()));

        assertThat(tree.living()).extracting(ProcessTable.Entry::pid).containsExactly(child.pid(), inner);
        assertThat(tree.kill()).isEmpty();
        child.waitFor();
        assertThat(LiveProcesses.runs(inner)).isFalse();
    }

    @Test
    void aCookieIsFoundBesideThatOfAnOuterPilot() throws Exception {
        Cookie outer = Cookie.bake("outer");
        Cookie inner = Cookie.bake("inner");
        byte[] environment =
                ("A=1\0PILOT_COOKIE=" + inner.within(outer.within("")) + "\0B=2\0").getBytes(StandardCharsets.UTF_8);

        assertThat(outer.isIn(environment)).isTrue();
        assertThat(inner.isIn(environment)).isTrue();
        assertThat(Cookie.bake("inner").isIn(environment)).isFalse();
        assertThat(new Cookie(inner.value().substring(0, 12)).isIn(environment)).isFalse();
        assertThat(new Cookie(inner.value().substring(1)).isIn(environment)).isFalse();
        assertThat(inner.isIn(new byte[0])).isFalse();
    }

    @Test
    void aStrangerIsNoMemberAndTheProgramsNameMayHoldAnything() throws Exception {
        Path odd = home.resolve("a) R 1 1 (b");
        // A link: a copy that another thread's fork has inherited open for writing could not be started.
        Files.createSymbolicLink(odd, Path.of("/bin/sleep"));
        Process stranger = new ProcessBuilder(odd.toString(), "1000").start();
        try {
            ProcessTable table = ProcessTable.ofThisMachine();
            ProcessTable.Entry entry = table.find(stranger.pid());

            assertThat(entry).isNotNull();
            assertThat(entry.parent()).isEqualTo(ProcessHandle.current().pid());
            assertThat(new ProcessTree(table, Cookie.bake("other"), null).living())
                    .isEmpty();
            assertThat(entry.ended()).isFalse();
        } finally {
            stranger.destroyForcibly().waitFor();
        }
    }
}

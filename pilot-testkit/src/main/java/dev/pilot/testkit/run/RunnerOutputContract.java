package dev.pilot.testkit.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.access.SecretRedactor;
import dev.pilot.api.run.OutputStream;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunnerAdapter.Work;
import dev.pilot.api.run.RunnerResult;
import dev.pilot.api.run.RunnerResult.End;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Promises 2 and 4, and the sink's: what is printed comes redacted, whole, live, and not after the result. */
abstract class RunnerOutputContract extends RunnerStage {
    private static final int MEGABYTE = 1 << 20;

    @Test
    void bothOutputsComeByteForByte() throws IOException {
        byte[] noText = new byte[3 * MEGABYTE];
        new Random(1).nextBytes(noText);
        Files.write(Files.createDirectories(work()).resolve("noise"), noText);
        RecordingSink sink = new RecordingSink();

        assertThat(finish(script("cat noise & cat noise >&2; wait"), sink)).matches(RunnerResult::isSuccess);
        assertThat(sink.bytes(OutputStream.STDOUT)).isEqualTo(noText);
        assertThat(sink.bytes(OutputStream.STDERR)).isEqualTo(noText);
    }

    @Test
    void whatIsPrintedIsSeenWhileTheWorkGoesOn() {
        RecordingSink sink = new RecordingSink();
        Work work = adapter().start(task(script("printf 'no line end'; sleep 1000")), sink);

        Awaitility.await()
                .atMost(LiveProcesses.PATIENCE)
                .until(() -> sink.text().equals("no line end"));
        work.cancel(Duration.ZERO);
        result(work);
    }

    @Test
    void aSlowSinkSlowsTheWorkAndLosesNothing() {
        CountDownLatch mayGoOn = new CountDownLatch(1);
        RecordingSink sink = new RecordingSink() {
            @Override
            public void output(OutputStream stream, byte[] bytes) {
                try {
                    mayGoOn.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                super.output(stream, bytes);
            }
        };
        int size = 50 * MEGABYTE;
        Work work = adapter().start(task(script("yes 0123456789abcde | head -c " + size + "; echo > printed")), sink);

        Awaitility.await()
                .during(SHORT)
                .atMost(LiveProcesses.PATIENCE)
                .until(() -> Files.notExists(work().resolve("printed")));
        mayGoOn.countDown();
        assertThat(result(work)).matches(RunnerResult::isSuccess);
        byte[] expected = "0123456789abcde\n".repeat(size / 16).getBytes(StandardCharsets.US_ASCII);
        assertThat(Arrays.equals(sink.bytes(OutputStream.STDOUT), expected)).isTrue();
    }

    @Test
    void secretsAreRedactedWhereverTheyAreSplit() throws IOException {
        StringBuilder printed = new StringBuilder();
        Random random = new Random(2);
        while (printed.length() < 2 * MEGABYTE) {
            printed.append("x".repeat(random.nextInt(300))).append(SECRET).append(random.nextBoolean() ? "\n" : "");
        }
        Files.writeString(Files.createDirectories(work()).resolve("leak"), printed);
        RecordingSink sink = new RecordingSink();

        assertThat(finish(script("cat leak; cat leak >&2"), sink)).matches(RunnerResult::isSuccess);
        String expected = printed.toString().replace(SECRET, SecretRedactor.MARK);
        assertThat(sink.text().equals(expected)).isTrue();
        assertThat(new String(sink.bytes(OutputStream.STDERR), StandardCharsets.UTF_8).equals(expected))
                .isTrue();
    }

    @Test
    void whatLooksLikeTheBeginningOfASecretIsNotLost() {
        RecordingSink sink = new RecordingSink();

        assertThat(finish(script("printf 'it begins: tell-nobody-'"), sink)).matches(RunnerResult::isSuccess);
        assertThat(sink.text()).isEqualTo("it begins: tell-nobody-");
    }

    @Test
    void theSinkIsNotCalledAfterTheResult() {
        RecordingSink sink = new RecordingSink();
        Work work = adapter().start(task(script("while :; do echo again; done")), sink);
        Awaitility.await().atMost(LiveProcesses.PATIENCE).until(() -> sink.calls() > 3);
        work.cancel(Duration.ZERO);
        result(work);

        long calls = sink.calls();
        Awaitility.await().during(SHORT).atMost(LiveProcesses.PATIENCE).until(() -> sink.calls() == calls);
    }

    @Test
    void aSinkThatFailsEndsTheWork() {
        RecordingSink sink = new RecordingSink() {
            @Override
            public void output(OutputStream stream, byte[] bytes) {
                throw new IllegalStateException("no room left");
            }
        };
        RunnerResult result = finish(script("echo $$ > pid; echo hello; sleep 1000"), sink);

        assertThat(result.end()).isEqualTo(End.BROKEN);
        assertThat(result.message()).contains("no room left");
        assertThat(LiveProcesses.runs(LiveProcesses.pid(work().resolve("pid")))).isFalse();
    }

    @Test
    void aProcessLeftBehindThatHoldsTheOutputOpenDoesNotHoldUpTheResult() {
        RecordingSink sink = new RecordingSink();
        RunnerResult result = finish(script("sh -c 'echo $$ > pid; exec sleep 1000' & echo hello"), sink);

        assertThat(result).matches(RunnerResult::isSuccess);
        assertThat(sink.text()).isEqualTo("hello\n");
        assertThat(LiveProcesses.runs(LiveProcesses.pid(work().resolve("pid")))).isFalse();
    }

    @Test
    void whatAProcessLeftBehindPrintsSoonAfterIsKept() throws IOException {
        RecordingSink sink = new RecordingSink();
        String lateOne = "(while kill -0 $$ 2> /dev/null; do :; done; echo late) & ";
        Work work = adapter().start(task(script(lateOne + "echo early; while [ ! -e go ]; do :; done")), sink);
        Awaitility.await()
                .atMost(LiveProcesses.PATIENCE)
                .until(() -> sink.text().equals("early\n"));
        Files.createFile(work().resolve("go"));

        assertThat(result(work)).matches(RunnerResult::isSuccess);
        assertThat(sink.text()).isEqualTo("early\nlate\n");
    }

    @Test
    void moreThanTheBudgetEndsTheWorkAndTheAllowedPartIsKept() {
        Run run = script("echo $$ > pid; yes");
        RecordingSink sink = new RecordingSink();
        RunnerResult result = finish(within(run, budget -> budget.outputBytes(1_000_001L)), sink);

        assertThat(result.end()).isEqualTo(End.OUTPUT_LIMIT);
        assertThat(result.message()).contains("1000001");
        assertThat(sink.bytes(OutputStream.STDOUT)).hasSize(1_000_001);
        assertThat(LiveProcesses.runs(LiveProcesses.pid(work().resolve("pid")))).isFalse();
    }

    @Test
    void theBudgetIsForBothOutputsAndMayBeUsedUp() {
        Run run = script("printf 12345; printf 67890 >&2");

        assertThat(finish(within(run, budget -> budget.outputBytes(10L)), new RecordingSink()))
                .matches(RunnerResult::isSuccess);
        assertThat(finish(within(run, budget -> budget.outputBytes(9L)), new RecordingSink())
                        .end())
                .isEqualTo(End.OUTPUT_LIMIT);
    }

    @Test
    void aFloodFromAProcessLeftBehindIsEndedToo() {
        // The script ends only once the flood has begun: what is left behind and has not yet said anything may be ended
        // before it does.
        Run run = script(
                "sh -c 'yes | head -c 200000; echo $$ > pid; exec yes' & until test -s pid; do sleep 0.01; done");
        RunnerResult result = finish(within(run, budget -> budget.outputBytes(300_000L)), new RecordingSink());

        assertThat(result.end()).isEqualTo(End.OUTPUT_LIMIT);
        assertThat(LiveProcesses.runs(LiveProcesses.pid(work().resolve("pid")))).isFalse();
    }
}

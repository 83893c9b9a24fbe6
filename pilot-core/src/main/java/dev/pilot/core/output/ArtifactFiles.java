package dev.pilot.core.output;

import dev.pilot.api.access.SecretRedactor;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.error.Unavailable;
import dev.pilot.api.id.ArtifactId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.Artifact;
import dev.pilot.core.system.DataDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The bytes of artifacts. A file is whole or not there. */
public final class ArtifactFiles {
    private final DataDirectory data;
    private final SecretRedactor redactor;

    /**
     * Makes one.
     *
     * @param data where the files lie
     * @param redactor finds secrets
     */
    public ArtifactFiles(DataDirectory data, SecretRedactor redactor) {
        this.data = data;
        this.redactor = redactor;
    }

    /**
     * Takes secrets out. Text is redacted as text, so that its length may change; in anything else secrets are masked in place.
     *
     * @param bytes what an artifact is to hold; stays as it is
     * @return the same without secrets
     */
    public byte[] redact(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            String clean = redactor.redact(text);
            return clean.equals(text) ? bytes : clean.getBytes(StandardCharsets.UTF_8);
        } catch (CharacterCodingException notText) {
            byte[] clean = bytes.clone();
            redactor.mask(clean, 0, clean.length);
            return clean;
        }
    }

    /**
     * Writes a file, which is on the disk afterwards.
     *
     * @param run whose artifact it is
     * @param id the artifact
     * @param bytes what it holds, without secrets
     * @throws Unavailable if it can't be written
     */
    public void write(RunId run, ArtifactId id, byte[] bytes) {
        Path file = data.artifact(run, id);
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.createDirectories(file.getParent());
            try (FileChannel channel = FileChannel.open(
                    part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new Unavailable("artifact-io", "The artifact can't be written: " + e.getMessage(), e);
        }
    }

    /**
     * Deletes a file; nothing where there is none.
     *
     * @param run whose artifact it is
     * @param id the artifact
     * @throws IOException if it is there and can't be deleted
     */
    public void delete(RunId run, ArtifactId id) throws IOException {
        Files.deleteIfExists(data.artifact(run, id));
    }

    /**
     * Opens a file.
     *
     * @param artifact the artifact
     * @return its bytes, for the caller to close
     * @throws NotFound if the file is gone
     * @throws Unavailable if it can't be read
     */
    public InputStream open(Artifact artifact) {
        try {
            return Files.newInputStream(data.artifact(artifact.runId(), artifact.id()));
        } catch (NoSuchFileException gone) {
            throw new NotFound("artifact content", artifact.id().value());
        } catch (IOException e) {
            throw new Unavailable("artifact-io", "The artifact can't be read: " + e.getMessage(), e);
        }
    }
}

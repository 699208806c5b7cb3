import boofcv.abst.fiducial.calib.CalibrationDetectorChessboardX;
import boofcv.abst.fiducial.calib.ConfigGridDimen;
import boofcv.alg.geo.calibration.CalibrationObservation;
import boofcv.concurrency.BoofConcurrency;
import boofcv.factory.fiducial.FactoryFiducialCalibration;
import boofcv.struct.geo.PointIndex2D_F64;
import boofcv.struct.image.GrayF32;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Answers detection requests with BoofCV's chessboardX, one line in, one line out.
 *
 * <p>Fields are separated by tabs. {@code load NAME COLUMNS ROWS PATH...} keeps the binary PGM
 * pictures PATH... in memory under NAME and answers with their number; COLUMNS x ROWS counts inner
 * corners. {@code run NAME} detects in all of them and answers with a JSON array holding, for each
 * picture, {@code {"cpu_ms": t, "corners": [[x, y], ...] or null}}: corners in BoofCV's order and
 * its pixel convention (centre of the first pixel at 0.5, 0.5), t the CPU time of this thread
 * inside {@code process}, which leaves out reading, the conversion to floats, the compiler's
 * threads and the garbage collector.
 *
 * <p>With the argument {@code pool} the library keeps its default, its dense filters running in a
 * thread pool: t then misses their work and understates the cost. Without, one thread does it all.
 */
public final class BoofDetector {
  private record Picture(int width, int height, byte[] grey) {}

  private record PictureSet(CalibrationDetectorChessboardX detector, List<Picture> pictures) {}

  public static void main(String[] arguments) throws IOException {
    BoofConcurrency.USE_CONCURRENT = List.of(arguments).contains("pool");
    PrintStream answers = System.out;
    System.setOut(System.err); // whatever the library prints must not mix with the answers
    Map<String, PictureSet> sets = new HashMap<>();
    BufferedReader requests = new BufferedReader(new InputStreamReader(System.in));
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      String[] fields = line.split("\t");
      switch (fields[0]) {
        case "load" -> {
          PictureSet set = load(fields);
          sets.put(fields[1], set);
          answers.println(set.pictures.size());
        }
        case "run" -> answers.println(run(sets.get(fields[1])));
        default -> throw new IllegalArgumentException("unknown request: " + fields[0]);
      }
      answers.flush();
    }
  }

  private static PictureSet load(String[] fields) throws IOException {
    int columns = Integer.parseInt(fields[2]);
    int rows = Integer.parseInt(fields[3]);
    // ConfigGridDimen counts squares; the square's size does not matter to detection.
    var board = new ConfigGridDimen(rows + 1, columns + 1, 1.0);
    List<Picture> pictures = new ArrayList<>();
    for (int i = 4; i < fields.length; i++) {
      pictures.add(readPGM(Path.of(fields[i])));
    }
    return new PictureSet(FactoryFiducialCalibration.chessboardX(null, board), pictures);
  }

  private static String run(PictureSet set) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    var json = new StringBuilder("[");
    var image = new GrayF32(1, 1);
    for (Picture picture : set.pictures) {
      image.reshape(picture.width, picture.height);
      for (int i = 0; i < picture.grey.length; i++) {
        image.data[i] = picture.grey[i] & 0xFF;
      }
      long start = threads.getCurrentThreadCpuTime();
      boolean found = set.detector.process(image);
      long end = threads.getCurrentThreadCpuTime();
      json.append(json.length() > 1 ? "," : "");
      json.append(String.format(Locale.ROOT, "{\"cpu_ms\":%.6f,\"corners\":", (end - start) / 1e6));
      json.append(found ? corners(set.detector.getDetectedPoints()) : "null").append("}");
    }
    return json.append("]").toString();
  }

  private static String corners(CalibrationObservation observation) {
    observation.sort(); // by index, row-major over the inner corners
    var json = new StringBuilder("[");
    for (PointIndex2D_F64 point : observation.points) {
      json.append(json.length() > 1 ? "," : "");
      json.append(String.format(Locale.ROOT, "[%.6f,%.6f]", point.p.x, point.p.y));
    }
    return json.append("]").toString();
  }

  /** Reads "P5 WIDTH HEIGHT 255" followed by one whitespace byte and the grey levels. */
  private static Picture readPGM(Path path) throws IOException {
    byte[] bytes = Files.readAllBytes(path);
    int[] header = new int[3];
    int at = 2;
    for (int i = 0; i < header.length; i++) {
      while (Character.isWhitespace(bytes[at])) {
        at++;
      }
      while (!Character.isWhitespace(bytes[at])) {
        header[i] = header[i] * 10 + bytes[at++] - '0';
      }
    }
    byte[] grey = new byte[header[0] * header[1]];
    System.arraycopy(bytes, at + 1, grey, 0, grey.length);
    return new Picture(header[0], header[1], grey);
  }
}

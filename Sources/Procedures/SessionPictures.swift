import Bundles
import Documents
import Files
import Imaging
import Sessions

/// The pictures a calibration was made from, as long as they are where they were.
struct SessionPictures {
  /// By camera, then by file name.
  private let pictures: [String: [String: SessionPicture]]
  /// Picture sizes by camera.
  private let sizes: [String: (width: Int, height: Int)]
  /// Pictures that were written later are of another session in the same place.
  private let takenUntil: UTCTime

  /// The pictures that `bundle` names; none where its folder is gone or unreadable.
  init(_ bundle: CartBundle) {
    takenUntil = bundle.created
    sizes = bundle.cameras.mapValues { ($0.width, $0.height) }
    guard let folder = bundle.session else {
      pictures = [:]
      return
    }
    do throws(SessionError) {
      let session = try SessionReader.read(folder)
      pictures = Dictionary(
        session.cameras.map { camera in
          let files = camera.pictures.map { (AtomicFile.split($0.path).name, $0) }
          return (camera.name, Dictionary(files) { first, _ in first })
        }
      ) { first, _ in first }
    } catch {
      // Nobody promised that they stay; the report says that they are gone.
      pictures = [:]
    }
  }

  /// A picture; nil when it cannot be read or is not the one that was there.
  func picture(camera: String, image: String) -> GreyImage? {
    guard let found = pictures[camera]?[image], let size = sizes[camera] else { return nil }
    var limits = PictureLimits()
    limits.pixels = min(limits.pixels, size.width * size.height)
    do throws(FileError) {
      guard try Files.modificationTime(of: found.path) <= takenUntil.seconds else { return nil }
    } catch {
      return nil
    }
    do throws(ImagingError) {
      let picture = try found.decode(limits: limits)
      return picture.width == size.width && picture.height == size.height ? picture : nil
    } catch {
      return nil
    }
  }

  /// The absolute path of a session's folder, without links; nil when it cannot be told.
  static func absolute(_ session: String) -> String? {
    do throws(FileError) { return try Files.resolve(session) } catch { return nil }
  }
}

@main
struct Cartcal {
  static func main() {
    print("cartcal")
  }
}
